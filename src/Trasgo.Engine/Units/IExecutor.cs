using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>What a unit asks of the outside when it wants a command run.</summary>
internal sealed record ExecRequest
{
    public required Unit Unit { get; init; }

    public required ExecCommand Command { get; init; }

    public required ExecConfig Exec { get; init; }

    public required ExecRole Role { get; init; }

    /// <summary>Variables that the unit's state adds: NOTIFY_SOCKET, MAINPID, PIDFILE, SERVICE_RESULT ... (systemd.exec(5)).</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>Descriptors from the unit's sockets and its descriptor store, in the order of $LISTEN_FDS, with their names.</summary>
    public IReadOnlyList<PassedDescriptor> Descriptors { get; init; } = [];

    /// <summary>Standard streams that go before those of the settings; they stay the unit's.</summary>
    public StandardStreams? Streams { get; init; }

    /// <summary>What StandardInput=socket and its like are connected to; <see cref="Descriptors"/> is empty then.</summary>
    public StreamSocket StreamSocket { get; init; }

    /// <summary>The interval of $WATCHDOG_USEC in microseconds; 0 when there is none.</summary>
    public ulong WatchdogUsec { get; init; }

    /// <summary>Type=exec: it is not started before the program has been executed.</summary>
    public bool AwaitsExecution { get; init; }

    /// <summary>PermissionsStartOnly= and RootDirectoryStartOnly= exempt control processes from these settings.</summary>
    public bool ApplyCredentials { get; init; } = true;

    public bool ApplyRoot { get; init; } = true;
}

internal readonly record struct PassedDescriptor(Linux.Descriptor Descriptor, string Name);

/// <summary>The one socket that a standard stream can be: with several, there is no telling which.</summary>
internal readonly record struct StreamSocket(Linux.Descriptor? Only, bool IsAmbiguous);

/// <summary>What a command is for; decides on terminal, control group and environment as systemd's EXEC_* flags do.</summary>
[Flags]
internal enum ExecRole
{
    Main = 0,
    Control = 1,

    /// <summary>Runs in the unit's .control sub group, so that it does not count among the daemon's own processes.</summary>
    ControlGroup = 2,

    /// <summary>May take the terminal of StandardInput=tty.</summary>
    Terminal = 4,

    /// <summary>Gets the stored and the socket descriptors.</summary>
    PassDescriptors = 8,

    /// <summary>Gets $WATCHDOG_USEC and $WATCHDOG_PID.</summary>
    Watchdog = 16,
}

/// <summary>
/// Runs commands. Starting is asynchronous: <paramref name="started"/> of <see cref="Start"/> comes later, on the loop's
/// thread, exactly once, and always before the exit of the process is reported to its unit. Only what can be said before there is a process is said
/// at once: a process that is returned as <see cref="ProcessPhase.NeverRan"/> is not heard of again.
/// </summary>
internal interface IExecutor
{
    UnitProcess Start(ExecRequest request, Action<UnitProcess> started);

    /// <summary>
    /// Changes the owner of paths in a process of the unit, because names may have to be looked up in a directory server. It ends with 217 or 216
    /// if there is no such user or group, 235 if the owner cannot be changed (systemd.exec(5)).
    /// </summary>
    UnitProcess ChangeOwner(Unit unit, OwnerChange change, Action<UnitProcess> started);

    /// <summary>Removes files and directories, with all that is in them, in a process of the unit; other than 0 is its status if something stays.</summary>
    UnitProcess RemoveTrees(Unit unit, IReadOnlyList<string> paths, Action<UnitProcess> started);

    /// <summary>Removes what the command's settings leave behind when the unit is down: RuntimeDirectory= and the like.</summary>
    void ReleaseRuntime(Unit unit, ExecConfig exec);

    /// <summary>Puts the terminal in order that the unit's commands had, if they had one.</summary>
    void RevertTerminal(ExecConfig exec);
}
