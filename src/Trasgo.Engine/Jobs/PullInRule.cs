using static Trasgo.Engine.Jobs.UnitDependencyAtom;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// One kind of dependency to follow from a job: the job of type <paramref name="Type"/>, collapsed, goes to every
/// unit that has <paramref name="Atom"/>. Atom None stands for the set the unit follows, which gets the same type.
/// </summary>
internal sealed record PullInRule(
    UnitDependencyAtom Atom, JobType Type, bool Matters, bool Conflicts, RefusalEffect OnRefusal)
{
    private static readonly PullInRule s_following = new(None, JobType.Nop, false, false, RefusalEffect.Ignore);

    private static readonly PullInRule[] s_start =
    [
        s_following,
        new(PullInStart, JobType.Start, true, false, RefusalEffect.Refuse),
        new(PullInStartIgnored, JobType.Start, false, false, RefusalEffect.Ignore),
        new(PullInVerify, JobType.VerifyActive, true, false, RefusalEffect.Refuse),
        new(PullInStop, JobType.Stop, true, true, RefusalEffect.Refuse),
        new(PullInStopIgnored, JobType.Stop, false, false, RefusalEffect.Warn),
    ];

    private static readonly PullInRule[] s_restart =
    [
        .. s_start,

        // As try-restart, so that nothing starts that did not run.
        new(PropagateRestart, JobType.TryRestart, true, false, RefusalEffect.Refuse),
    ];

    private static readonly PullInRule[] s_stop =
    [
        s_following,
        new(PropagateStop, JobType.Stop, true, false, RefusalEffect.Refuse),
    ];

    private static readonly PullInRule[] s_reloadPropagation =
    [
        new(PropagatesReloadTo, JobType.TryReload, false, false, RefusalEffect.Warn),
    ];

    private static readonly PullInRule[] s_reload = [s_following, .. s_reloadPropagation];

    private static readonly PullInRule[] s_verifyActive = [s_following];

    /// <summary>What a unit that has reloaded by itself still has to pass on.</summary>
    public static PullInRule[] ReloadPropagation => s_reloadPropagation;

    public static PullInRule[] For(JobType type) => type switch
    {
        JobType.Start => s_start,
        JobType.Restart => s_restart,
        JobType.Stop => s_stop,
        JobType.Reload => s_reload,
        JobType.VerifyActive => s_verifyActive,
        JobType.Nop => [],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
