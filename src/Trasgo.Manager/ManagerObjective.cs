namespace Trasgo.Manager;

/// <summary>What the main loop is to end for.</summary>
internal enum ManagerObjective
{
    /// <summary>It is not to end.</summary>
    Run,
    Exit,
    Reboot,
    PowerOff,
    Halt,
    Kexec,
}
