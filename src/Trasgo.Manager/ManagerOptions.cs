using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>How the manager is run: what `trasgo init`, `trasgo --system` and `trasgo --user` were told.</summary>
internal sealed record ManagerOptions
{
    public required RuntimeScope Scope { get; init; }

    /// <summary>PID 1 of the machine or of a container, which reaps orphans and ends everything with itself.</summary>
    public bool IsInit { get; init; }

    /// <summary>What the manager has left whose place this one takes; null for a start.</summary>
    public PassedState? State { get; init; }

    /// <summary>The unit to start (--unit=, or systemd.unit= of the kernel's command line); default.target when null.</summary>
    public string? Unit { get; init; }

    /// <summary>--log-level=; null leaves it to the configuration.</summary>
    public string? LogLevel { get; init; }

    /// <summary>--log-target=; null leaves it to the configuration.</summary>
    public string? LogTarget { get; init; }

    /// <summary>The name under which messages go to a log daemon (syslog(3)); null where they do not.</summary>
    public string? SyslogIdentifier { get; init; }

    /// <summary>--show-status=; null shows the status as PID 1 only.</summary>
    public bool? ShowStatus { get; init; }

    /// <summary>Where the sockets are: /run/systemd, or systemd/ in $XDG_RUNTIME_DIR.</summary>
    public required string RuntimeDirectory { get; init; }

    /// <summary>Who writes the units of a manager that serves one purpose; null where they are the administrator's files.</summary>
    public IUnitProvider? Units { get; init; }

    /// <summary>What services find in their environment; null is what this kind of manager gives them.</summary>
    public IReadOnlyList<string>? ServiceEnvironment { get; init; }

    /// <summary>The generators that the binary itself brings along.</summary>
    public IReadOnlyList<OwnGenerator> OwnGenerators { get; init; } = [];

    /// <summary>
    /// The message bus's address, which is served where no bus is. A system manager that is not PID 1 leaves it alone: the
    /// bus belongs to the host then.
    /// </summary>
    public string? MessageBusPath => Scope == RuntimeScope.User ? Path.GetDirectoryName(RuntimeDirectory) + "/bus"
        : IsInit ? "/run/dbus/system_bus_socket"
        : null;
}
