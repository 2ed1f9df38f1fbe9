using System.Diagnostics.CodeAnalysis;

namespace Trasgo.Engine.Jobs;

/// <summary>What jobs and transactions need to know of a unit. Reading any of it has no side effect.</summary>
internal interface IJobUnit
{
    string Id { get; }

    UnitLoadState LoadState { get; }

    /// <summary>Why loading failed, when <see cref="LoadState"/> is <see cref="UnitLoadState.Error"/>.</summary>
    UnitLoadError? LoadError { get; }

    UnitActiveState ActiveState { get; }

    /// <summary>The installed job. Only <see cref="JobTable"/> sets it.</summary>
    Job? Job { get; set; }

    /// <summary>The slot of nop jobs, which stand beside the real one. Only <see cref="JobTable"/> sets it.</summary>
    Job? NopJob { get; set; }

    /// <summary>Loaded, of a type that can be started and is supported here, and not a scope that ran already.</summary>
    bool CanStart { get; }

    /// <summary>Of a type that can be stopped and is supported here, and not perpetual.</summary>
    bool CanStop { get; }

    bool CanReload { get; }

    /// <summary>The root slice and its like: always active, never stopped.</summary>
    bool IsPerpetual { get; }

    bool AllowIsolate { get; }

    bool IgnoreOnIsolate { get; }

    bool RefuseManualStart { get; }

    bool RefuseManualStop { get; }

    /// <summary>
    /// Its start has nothing left to wait for but the kernel's answer that the process is there. The start of such a unit is instant for
    /// whoever looks from outside, so what happens to others in the meantime is too late to fail it.
    /// </summary>
    bool StartIsDecided { get; }

    /// <summary>Device units: their jobs only wait for the outside, so a job nothing waits for is dropped.</summary>
    bool CollectsJobs { get; }

    /// <summary><c>JobTimeoutSec=</c>; <see cref="ulong.MaxValue"/> for none.</summary>
    ulong JobTimeoutUsec { get; }

    /// <summary><c>JobRunningTimeoutSec=</c>; <see cref="ulong.MaxValue"/> for none.</summary>
    ulong JobRunningTimeoutUsec { get; }

    /// <summary>Which of several runnable jobs runs first.</summary>
    RunPriority RunPriority { get; }

    /// <summary>The other names of the same device (its "following" set); empty for all other units.</summary>
    ReadOnlySpan<IJobUnit> FollowingSet { get; }

    UnitStanding Standing { get; }

    /// <summary>Another number whenever the dependencies have changed that a start pulls others in by.</summary>
    uint StartVersion { get; }

    /// <summary>The same for those by which a stop is passed on.</summary>
    uint StopVersion { get; }

    /// <summary>
    /// Steps through the units this one depends on with any of <paramref name="atoms"/>; a cursor of 0 begins.
    /// A unit may be met more than once. <see cref="DependencyStore.Next"/> does this for a store of that
    /// type; <c>unit.Dependencies(atoms)</c> is the foreach form.
    /// </summary>
    bool NextDependency(UnitDependencyAtom atoms, ref ulong cursor, [NotNullWhen(true)] out IJobUnit? other);
}
