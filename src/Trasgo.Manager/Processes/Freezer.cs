using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

using Refusal = Trasgo.Engine.Units.BusFailure;

namespace Trasgo.Manager;

/// <summary>
/// systemctl freeze and thaw: stops the processes of a unit's control group where they are, without a signal that they could notice. A
/// request is answered when the kernel says that it is done, which may take long if a process hangs in a system call. Jobs thaw
/// what they are about to start, stop or reload.
/// </summary>
internal sealed class Freezer(EventLoop loop, ControlGroups groups, GroupTracker tracker) : IDisposable
{
    private const string ErrorPrefix = "org.freedesktop.systemd1.";

    private readonly Dictionary<Unit, Entry> _entries = [];

    /// <summary>
    /// Services and scopes can be frozen, and slices that hold nothing else. Whether the kernel offers it shows only when it is asked for.
    /// </summary>
    public static bool CanFreeze(Unit unit) => unit.Type switch
    {
        UnitType.Service or UnitType.Scope => true,
        UnitType.Slice => CanFreezeMembers(unit),
        _ => false,
    };

    public FreezerState StateOf(Unit unit) => _entries.TryGetValue(unit, out var entry) ? entry.State : FreezerState.Running;

    /// <summary>Freezes the unit, or lets it run again; the answer may come later.</summary>
    public void Request(Unit unit, bool freeze, Action<Refusal?> done)
    {
        if (Refuse(unit, freeze) is { } refusal)
        {
            done(refusal);
            return;
        }

        if (freeze && !CanFreeze(unit))
        {
            unit.Log(LogLevel.Warning, "Requested freezer operation is not supported by all children of the slice");
            done(null);
            return;
        }

        if (unit.Id is SpecialUnits.RootSlice or SpecialUnits.InitScope)
        {
            done(freeze ? new Refusal("org.freedesktop.DBus.Error.AccessDenied", "Access denied") : null);
            return;
        }

        if (unit.Type == UnitType.Slice)
        {
            ChangeMembers(unit, freeze);
        }

        if (Change(unit, freeze, done) is { } failure)
        {
            done(failure);
        }
    }

    /// <summary>Lets the unit's processes run, and those of the slices it is in. Nobody waits for the end of it.</summary>
    public void Thaw(Unit unit)
    {
        if (_entries.Count > 0)
        {
            Change(unit, freeze: false, static _ => { });
        }
    }

    /// <summary>As it was for the manager before this one; what it had begun is begun again, and whoever waited for it is gone.</summary>
    public void Restore(Unit unit, FreezerState state) =>
        Change(unit, freeze: state is FreezerState.Frozen or FreezerState.Freezing, static _ => { });

    private static bool CanFreezeMembers(Unit slice)
    {
        foreach (var edge in slice.DependenciesOf(UnitDependency.SliceOf))
        {
            if (!CanFreeze((Unit)edge.Other))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Each unit in the slice has a state of its own to show, so each is frozen by itself as well.</summary>
    private void ChangeMembers(Unit slice, bool freeze)
    {
        foreach (var edge in slice.DependenciesOf(UnitDependency.SliceOf))
        {
            var member = (Unit)edge.Other;
            if (tracker.PathForSpawn(member) is not { Length: > 0 } || !CanFreeze(member))
            {
                continue;
            }

            if (member.Type == UnitType.Slice)
            {
                ChangeMembers(member, freeze);
            }

            Change(member, freeze, static _ => { });
        }
    }

    /// <summary>The control group is about to go, or to change again: whoever still waits is told so.</summary>
    public void Forget(Unit unit)
    {
        if (_entries.Remove(unit, out var entry))
        {
            entry.Watch?.Dispose();
            entry.Done(new Refusal(ErrorPrefix + "FreezeCancelled", "Freeze operation aborted"));
        }
    }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Watch?.Dispose();
        }
    }

    private Refusal? Refuse(Unit unit, bool freeze)
    {
        if (unit.Type is not (UnitType.Service or UnitType.Scope or UnitType.Slice) || !groups.CanFreeze)
        {
            return new Refusal("org.freedesktop.DBus.Error.NotSupported", $"Unit '{unit.Id}' does not support freezing.");
        }

        if (unit.Job is not null)
        {
            return Busy();
        }

        if (unit.LoadState != UnitLoadState.Loaded || unit.ActiveState != UnitActiveState.Active)
        {
            return new Refusal(ErrorPrefix + "UnitInactive", "Unit is inactive.");
        }

        var state = StateOf(unit);
        return state == FreezerState.Thawing || (freeze && state == FreezerState.Freezing)
            ? new Refusal("org.freedesktop.DBus.Error.Failed", $"Previously requested freezer operation for unit '{unit.Id}' is still in progress.")
            : null;
    }

    private static Refusal Busy() => new(ErrorPrefix + "UnitBusy", "Unit has a pending job.");

    private Refusal? Change(Unit unit, bool freeze, Action<Refusal?> done)
    {
        if (tracker.PathForSpawn(unit) is not { Length: > 0 } path)
        {
            return Busy();
        }

        if (!freeze && unit.Slice is { } slice)
        {
            Thaw(slice);
        }

        Forget(unit);
        unit.Context.Observer.UnitChanged(unit);
        var isThere = groups.IsFrozen(path) == freeze;
        ControlGroupWatch? watch = null;
        if (!isThere)
        {
            // Set up before the change, so that it cannot be missed.
            var watched = groups.OnFrozen(loop, path, freeze, () => OnReached(unit));
            if (!watched.Ok)
            {
                return Failed(watched.Error);
            }

            watch = watched.Value;
        }

        // Written also where the group is as it is to be: a slice above may have made it so.
        var error = groups.SetFrozen(path, freeze);
        if (error != Errno.None)
        {
            watch?.Dispose();
            return Failed(error);
        }

        if (watch is not null)
        {
            _entries[unit] = new Entry { State = freeze ? FreezerState.Freezing : FreezerState.Thawing, Watch = watch, Done = done };
            return null;
        }

        if (freeze)
        {
            _entries[unit] = new Entry { State = FreezerState.Frozen };
        }

        done(null);
        return null;
    }

    private static Refusal Failed(Errno error) => new("org.freedesktop.DBus.Error.Failed", ErrnoNames.Message(error));

    private void OnReached(Unit unit)
    {
        if (!_entries.TryGetValue(unit, out var entry) || entry.State is not (FreezerState.Freezing or FreezerState.Thawing))
        {
            return;
        }

        var done = entry.Done;
        entry.Watch?.Dispose();
        if (entry.State == FreezerState.Freezing)
        {
            _entries[unit] = new Entry { State = FreezerState.Frozen };
        }
        else
        {
            _entries.Remove(unit);
        }

        unit.Context.Observer.UnitChanged(unit);
        done(null);
    }

    private sealed class Entry
    {
        public required FreezerState State { get; init; }

        public ControlGroupWatch? Watch { get; init; }

        /// <summary>Answers the client that waits.</summary>
        public Action<Refusal?> Done { get; init; } = static _ => { };
    }
}
