namespace Trasgo.Engine.Jobs;

/// <summary>
/// The single effects a dependency has. A <see cref="UnitFiles.Directives.UnitDependency"/> is what the
/// user writes; the engine acts on atoms, and <see cref="DependencyKinds"/> says which kind has which.
/// "This" unit is the one that has the dependency, "the other" is the one it names.
/// </summary>
[Flags]
internal enum UnitDependencyAtom : ulong
{
    None = 0,

    /// <summary>A start of this unit starts the other, and fails if that cannot be queued.</summary>
    PullInStart = 1UL << 0,

    /// <summary>The same, but a refusal for the other is ignored.</summary>
    PullInStartIgnored = 1UL << 1,

    /// <summary>A start of this unit verifies that the other is active, without starting it.</summary>
    PullInVerify = 1UL << 2,

    /// <summary>A start of this unit stops the other, and fails if that cannot be queued.</summary>
    PullInStop = 1UL << 3,

    /// <summary>The same, but a refusal for the other is ignored.</summary>
    PullInStopIgnored = 1UL << 4,

    /// <summary>When this unit becomes inactive, the other may have become unneeded (<c>StopWhenUnneeded=</c>).</summary>
    AddStopWhenUnneededQueue = 1UL << 5,

    /// <summary>While the other is not inactive, this unit is needed.</summary>
    PinsStopWhenUnneeded = 1UL << 6,

    /// <summary>This unit is stopped when the other becomes inactive.</summary>
    CannotBeActiveWithout = 1UL << 7,

    /// <summary>When this unit becomes inactive, the other has to be checked for that.</summary>
    AddCannotBeActiveWithoutQueue = 1UL << 8,

    /// <summary>This unit is started whenever it is inactive and the other active.</summary>
    StartSteadily = 1UL << 9,

    /// <summary>When this unit becomes active, the other has to be checked for that.</summary>
    AddStartWhenUpheldQueue = 1UL << 10,

    /// <summary>If this unit becomes active by itself, start the other, mode replace.</summary>
    RetroactiveStartReplace = 1UL << 11,

    /// <summary>The same, mode fail.</summary>
    RetroactiveStartFail = 1UL << 12,

    /// <summary>If this unit becomes active by itself, stop the other.</summary>
    RetroactiveStopOnStart = 1UL << 13,

    /// <summary>If this unit becomes inactive by itself, stop the other.</summary>
    RetroactiveStopOnStop = 1UL << 14,

    /// <summary>A failed start of this unit fails a start of the other.</summary>
    PropagateStartFailure = 1UL << 15,

    /// <summary>A failed stop of this unit fails the job of the other.</summary>
    PropagateStopFailure = 1UL << 16,

    /// <summary>A start of this unit that leaves it inactive (a oneshot, a condition) fails a start of the other.</summary>
    PropagateInactiveStartAsFailure = 1UL << 17,

    /// <summary>A stop of this unit stops the other.</summary>
    PropagateStop = 1UL << 18,

    /// <summary>A restart of this unit restarts the other if it runs.</summary>
    PropagateRestart = 1UL << 19,

    /// <summary>The other takes part in the default ordering of target units.</summary>
    AddDefaultTargetDependencyQueue = 1UL << 20,

    /// <summary>The other, if a target, has to look again at its default ordering.</summary>
    DefaultTargetDependencies = 1UL << 21,

    // From here on an atom is the effect of the one kind that has its name.
    OnFailure = 1UL << 22,
    OnSuccess = 1UL << 23,
    OnFailureOf = 1UL << 24,
    OnSuccessOf = 1UL << 25,
    Before = 1UL << 26,
    After = 1UL << 27,
    Triggers = 1UL << 28,
    TriggeredBy = 1UL << 29,
    PropagatesReloadTo = 1UL << 30,
    JoinsNamespaceOf = 1UL << 31,
    References = 1UL << 32,
    ReferencedBy = 1UL << 33,
    InSlice = 1UL << 34,
    SliceOf = 1UL << 35,

    /// <summary>All by which a start brings jobs for other units.</summary>
    PulledInByStart = PullInStart | PullInStartIgnored | PullInVerify | PullInStop | PullInStopIgnored,
}
