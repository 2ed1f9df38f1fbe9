namespace Trasgo.Manager.Bus;

/// <summary>How the manager ends, and what it then has the kernel do.</summary>
internal enum ManagerEnd
{
    Exit,
    Reboot,
    PowerOff,
    Halt,
    KExec,
}
