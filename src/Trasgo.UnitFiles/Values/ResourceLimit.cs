using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>setrlimit(2); no limit is <see cref="Infinity"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ResourceLimit(ulong Soft, ulong Hard)
{
    public const ulong Infinity = ulong.MaxValue;
    public const int Count = (int)ResourceLimitKind.RealTime + 1;
}
