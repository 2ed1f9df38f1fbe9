namespace Trasgo.Exec;

/// <summary>Options of prctl(2) that programs use, and the few capabilities that decide what may be tried.</summary>
internal static class Prctl
{
    public const int CapabilityBoundingSetDrop = 24;
    public const int SetSecureBits = 28;
    public const int SetTimerSlack = 29;
    public const int SetNoNewPrivileges = 38;
    public const int Ambient = 47;
    public const int AmbientRaise = 2;
    public const int SecureBitKeepCapabilities = 1 << 4;

    public const int CapSetPcap = 8;
    public const int CapSysNice = 23;
    public const int CapSysResource = 24;

    /// <summary>The kernel's highest capability, from which "all" is made concrete.</summary>
    public const int LastCapability = 40;
}
