using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec;

/// <summary>One command to be started: the unit's settings, and what is particular to this start.</summary>
internal sealed record ExecParameters
{
    public required string UnitId { get; init; }

    public required ExecConfig Config { get; init; }

    public required ExecCommand Command { get; init; }

    /// <summary>The 32 hexadecimal digits of $INVOCATION_ID.</summary>
    public string? InvocationId { get; init; }

    /// <summary>What every unit of the manager gets: its environment block with what clients have set.</summary>
    public IReadOnlyList<string> ManagerEnvironment { get; init; } = [];

    /// <summary>What the unit's state adds: $NOTIFY_SOCKET, $MAINPID, $PIDFILE, $SERVICE_RESULT, $REMOTE_ADDR ...</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UnitEnvironment { get; init; } = [];

    /// <summary>$WATCHDOG_USEC; 0 for none.</summary>
    public ulong WatchdogUsec { get; init; }

    /// <summary>For $LISTEN_FDS, from number 3 on.</summary>
    public IReadOnlyList<NamedDescriptor> Descriptors { get; init; } = [];

    /// <summary>The connection or listening socket of StandardInput=socket.</summary>
    public Descriptor? Socket { get; init; }

    /// <summary>Streams that go before those of the settings. They stay the caller's.</summary>
    public Descriptor? StandardInput { get; init; }

    public Descriptor? StandardOutput { get; init; }

    public Descriptor? StandardError { get; init; }

    /// <summary>There are such: then no terminal is opened by its path.</summary>
    public bool HasStreams => (StandardInput ?? StandardOutput ?? StandardError) is not null;

    /// <summary>There are several sockets, so none is that of StandardInput=socket.</summary>
    public bool SocketIsAmbiguous { get; init; }

    /// <summary>The control group to run in; it exists.</summary>
    public string? ControlGroup { get; init; }

    /// <summary>The cgroup.procs files of v1 controllers that limit the unit.</summary>
    public IReadOnlyList<string> ControllerGroups { get; init; } = [];

    /// <summary>Delegate=: the group becomes the user's.</summary>
    public bool DelegateControlGroup { get; init; }

    /// <summary>Where output to the journal goes as long as there is none: the manager's own log or console. Without it, /dev/null.</summary>
    public Descriptor? LogOutput { get; init; }

    /// <summary>Off for control commands under PermissionsStartOnly=.</summary>
    public bool ApplySandboxing { get; init; } = true;

    /// <summary>Off for control commands under RootDirectoryStartOnly=.</summary>
    public bool ApplyRoot { get; init; } = true;

    /// <summary>Off for commands that may not take the terminal of StandardInput=tty.</summary>
    public bool ApplyTerminal { get; init; } = true;

    /// <summary>Everything that restricts the process, unless the command has the prefix "+".</summary>
    public bool Sandboxed => ApplySandboxing && !Command.Flags.HasFlag(ExecCommandFlags.FullyPrivileged);

    /// <summary>The change of user and groups, unless the command has the prefix "+" or "!".</summary>
    public bool ChangesUser => Sandboxed && !Command.Flags.HasFlag(ExecCommandFlags.NoSetUid);
}

/// <summary>A descriptor to pass on, with its name in $LISTEN_FDNAMES. It stays the caller's.</summary>
internal readonly record struct NamedDescriptor(Descriptor Descriptor, string Name);
