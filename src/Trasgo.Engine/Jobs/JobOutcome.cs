namespace Trasgo.Engine.Jobs;

/// <summary>What became of a request to a unit; in brackets the errno of systemd's unit_start() and its kin.</summary>
internal enum JobOutcome
{
    /// <summary>Something was begun (above 0): the "Starting ..." message is due.</summary>
    Begun,

    /// <summary>Nothing to begin, the job goes on (0).</summary>
    Pending,

    /// <summary>The unit is in the state asked for already (EALREADY).</summary>
    Already,

    /// <summary>Not now; ask again when the unit changes its state (EAGAIN).</summary>
    Again,

    /// <summary>The unit type cannot do this (EBADR): a start or stop waits for the outside, a reload is skipped.</summary>
    NotSupportedByType,

    /// <summary>A condition was not met (ECOMM).</summary>
    ConditionFailed,

    /// <summary>Reload of a unit that is not active (ENOEXEC).</summary>
    NotActive,

    /// <summary>An assert was not met (EPROTO).</summary>
    AssertFailed,

    /// <summary>The unit type is not supported on this host (EOPNOTSUPP).</summary>
    NotSupportedByHost,

    /// <summary>A dependency is not in effect any more (ENOLINK).</summary>
    DependencyFailed,

    /// <summary>A unit that can be started only once (ESTALE).</summary>
    OnlyOnce,

    /// <summary>Anything else.</summary>
    Failed,
}
