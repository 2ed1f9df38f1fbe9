using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// Knows which processes belong to which unit: by control group where there is one, otherwise by descent, session and
/// $INVOCATION_ID. The engine asks for the ability, never for the mechanism.
/// </summary>
internal interface IProcessTracker
{
    /// <summary>Makes the place for the unit's processes. Null, or what failed.</summary>
    string? Realize(Unit unit);

    /// <summary>The unit has been read anew: limits that have changed come into force, if there is a place for the unit.</summary>
    void SettingsChanged(Unit unit)
    {
    }

    /// <summary>
    /// Makes a process that somebody else has started one of the unit's, in the group of that path below the unit's own where it has one.
    /// </summary>
    Errno Attach(Unit unit, int pid, string subgroup);

    /// <summary>The control group under which all of this manager's units are; "" at the top, and where there are none.</summary>
    string Root { get; }

    /// <summary>The control group that the manager was given, which <see cref="Root"/> is or is in.</summary>
    string DelegatedRoot => Root;

    /// <summary>The control group, relative to the root of the hierarchy, or "" when there is none.</summary>
    string ControlGroupOf(Unit unit);

    /// <summary>The control group that a process is in, which need not be a unit's; null when it is gone, or where there are no groups.</summary>
    string? ControlGroupOfProcess(int pid);

    /// <summary>To whom the unit's control group was delegated: the owner of its directory. Null when there is none.</summary>
    uint? OwnerOfControlGroup(Unit unit) => null;

    /// <summary>The unit has no process left; null when that cannot be known.</summary>
    bool? IsEmpty(Unit unit);

    IReadOnlyList<int> ProcessesOf(Unit unit);

    /// <summary>Whether the process is one of the unit's now: for a PID that was read a moment ago and is held by a handle since.</summary>
    bool Holds(Unit unit, int pid);

    /// <summary>The unit's processes are about to lose their parents: whoever is found only by descent is to be remembered.</summary>
    void LookAround(Unit unit)
    {
    }

    Unit? OwnerOf(int pid);

    /// <summary>
    /// Signals every process of the unit but the given ones. Returns how many were reached. <paramref name="reached"/> is
    /// told of each, for the log.
    /// </summary>
    int Kill(Unit unit, int signo, bool thenContinue, ReadOnlySpan<int> except, Action<int>? reached);

    /// <summary>Lets the processes of the unit run, if a client has had them frozen: a job has something to say to them.</summary>
    void Thaw(Unit unit);

    /// <summary>From now on <see cref="Unit.OnProcessesGone"/> is called when the last process of the unit is gone.</summary>
    void WatchEmpty(Unit unit);

    /// <summary>
    /// The unit is down: what was made for it is removed, if it is empty. What the kernel has counted there is kept where somebody may still ask
    /// for it.
    /// </summary>
    void Release(Unit unit, bool keepCounts);

    /// <summary>Where the unit's processes are, for the manager that comes after this one.</summary>
    void Save(Unit unit, StateRecord record)
    {
    }

    void Restore(Unit unit, StateRecord record)
    {
    }
}
