namespace Trasgo.Engine.Jobs;

/// <summary>How a job ended, as the JobRemoved signal tells it.</summary>
internal enum JobResult
{
    /// <summary>It did what it was to do, or a condition kept the unit from starting.</summary>
    Done,

    /// <summary>Displaced by a conflicting job, or cancelled on request.</summary>
    Canceled,

    /// <summary><c>JobTimeoutSec=</c> or <c>JobRunningTimeoutSec=</c> passed.</summary>
    Timeout,

    Failed,

    /// <summary>A job this one needed did not end in <see cref="Done"/>.</summary>
    Dependency,

    /// <summary>verify-active found the unit inactive, or the unit type cannot do this.</summary>
    Skipped,

    /// <summary>Reload of a unit that is not active.</summary>
    Invalid,

    /// <summary>An <c>Assert...=</c> did not hold.</summary>
    Assert,

    /// <summary>The unit type is not supported on this host.</summary>
    Unsupported,

    /// <summary>Nothing was waiting for it any more.</summary>
    Collected,

    /// <summary>The unit may be started once only and has been.</summary>
    Once,
}
