namespace Trasgo.Exec;

/// <summary>The few capabilities that decide what may be tried, and what goes with them.</summary>
internal static class CapabilityNumbers
{
    public const int SysNice = 23;
    public const int SysResource = 24;

    /// <summary>The bit of SECBIT_KEEP_CAPS: the permitted ones outlast a change of user.</summary>
    public const int KeepCapabilities = 1 << 4;

    /// <summary>All that the kernel knows, from which "all" is made concrete.</summary>
    public const ulong All = (1UL << 41) - 1;
}
