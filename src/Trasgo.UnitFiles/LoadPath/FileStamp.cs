using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>What tells one version of a file from the next. The time is in microseconds since 1970; Missing is all zero.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStamp(ulong ModifiedUsec, long Size, ulong Inode, ulong Device)
{
    public static readonly FileStamp Missing;
}
