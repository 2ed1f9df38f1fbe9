using System.Runtime.InteropServices;

namespace Trasgo.Linux;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statfs(string path, MountedStatusBuffer* buffer);
}

/// <summary>struct statfs.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct MountedStatusBuffer
{
    [FieldOffset(0)]
    public ulong Type;
    [FieldOffset(80)]
    public ulong Flags;
}

/// <summary>struct ifreq, as far as flags go.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal unsafe struct InterfaceRequest
{
    public const int NameSize = 16;
    [FieldOffset(0)]
    public fixed byte Name[NameSize];
    [FieldOffset(16)]
    public short Flags;
}
