namespace Trasgo.Linux;

/// <summary>
/// Who goes first when several sources are ready at once: the lower value. As in systemd, a process's last notification is read before
/// its exit, or a service that says READY=1 and ends would have failed; and a spawn's completion comes before everything, because only
/// then is its PID anybody's.
/// </summary>
internal static class EventPriority
{
    public const int Spawned = -12;
    public const int Mounts = -10;
    public const int Notify = -8;
    public const int Children = -7;
    public const int Signals = -6;
    public const int CgroupEmpty = -5;
    public const int Clock = -1;
    public const int Normal = 0;
    public const int Bus = 5;
    public const int Idle = 100;
}
