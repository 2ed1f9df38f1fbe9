using System.Diagnostics.CodeAnalysis;
using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

internal abstract partial class Unit
{
    private readonly DependencyStore _dependencies;

    public ReadOnlySpan<DependencyEdge> DependenciesOf(UnitDependency kind) => _dependencies.Of(kind);

    public Unit? Slice => _dependencies.Of(UnitDependency.InSlice) is [var slice, ..] ? (Unit)slice.Other : null;

    /// <summary>Can be the source of Triggers=: sockets, paths, timers, automounts.</summary>
    public virtual bool CanTrigger => false;

    public virtual bool CanFail => true;

    public uint StartVersion => _dependencies.StartVersion;

    public uint StopVersion => _dependencies.StopVersion;

    public bool NextDependency(UnitDependencyAtom atoms, ref ulong cursor, [NotNullWhen(true)] out IJobUnit? other) =>
        _dependencies.Next(atoms, ref cursor, out other);

    public bool HasDependency(UnitDependency kind, Unit other) => _dependencies.IsConnected(kind, other._dependencies);

    public bool HasDependency(UnitDependencyAtom atom, IJobUnit other)
    {
        foreach (var candidate in this.Dependencies(atom))
        {
            if (ReferenceEquals(candidate, other))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A snapshot, for callers whose work may add dependencies, by loading units for instance; mostly there are none.</summary>
    public Unit[] DependenciesWith(UnitDependencyAtom atom)
    {
        List<Unit>? units = null;
        foreach (var other in this.Dependencies(atom))
        {
            units ??= [];
            if (!units.Contains((Unit)other))
            {
                units.Add((Unit)other);
            }
        }

        return units is null ? [] : [.. units];
    }

    /// <summary>
    /// Adds a dependency and its inverse. Dependencies on oneself are dropped, and so are those that the kinds of the two
    /// units rule out, each with a warning.
    /// </summary>
    public bool AddDependency(UnitDependency kind, Unit other, DependencyOrigin origin, bool reference = true)
    {
        if (ReferenceEquals(this, other))
        {
            if (WarnsAboutSelf(kind))
            {
                Log(LogLevel.Warning, $"Dependency {kind}={Id} is dropped.");
            }

            return false;
        }

        if (RefusalOf(kind, other) is { } refusal)
        {
            Log(LogLevel.Warning, refusal);
            return false;
        }

        // Dependencies are constant on the bus (systemd has them so as well), so there is nothing to tell: an instance that comes and goes with a
        // connection would have sysinit.target announced, and the other targets that it is ordered with.
        return _dependencies.Connect(kind, other._dependencies, origin) |
            (reference && _dependencies.Connect(UnitDependency.References, other._dependencies, origin));
    }

    public bool AddDependency(UnitDependency kind, string name, DependencyOrigin origin) =>
        Context.Loader.Mention(Instantiated(name)) is { } other && AddDependency(kind, other, origin);

    public void AddDependencies(UnitDependency first, UnitDependency second, string name, DependencyOrigin origin)
    {
        if (Context.Loader.Mention(Instantiated(name)) is { } other)
        {
            AddDependency(first, other, origin);
            AddDependency(second, other, origin);
        }
    }

    /// <summary>A dependency on a template is one on its instance of the same instance, or of our prefix where we are none.</summary>
    private string Instantiated(string name) =>
        name.Contains("@.", StringComparison.Ordinal) &&
        UnitName.TryParse(name, UnitNameFlags.Template, out var template) && template.WithInstance(Name.Instance ?? Name.Prefix) is { } instance
            ? instance.Text
            : name;

    public void ClearDependencies() => _dependencies.Clear();

    /// <summary>The unit is about to be collected: nobody may point at it any more.</summary>
    public void Unlink()
    {
        for (var kind = (UnitDependency)0; (int)kind < UnitDependencies.Count; kind++)
        {
            foreach (var edge in _dependencies.Of(kind))
            {
                var other = (Unit)edge.Other;
                if (other._dependencies.Remove(kind.Inverse(), this, DependencyOrigin.All, DependencyOrigin.All))
                {
                    Context.Queues.Garbage.Add(other);
                }
            }
        }

        _dependencies.Clear();
    }

    private static bool WarnsAboutSelf(UnitDependency kind) =>
        kind is UnitDependency.Conflicts or UnitDependency.ConflictedBy or UnitDependency.Before or UnitDependency.After
            or UnitDependency.OnSuccess or UnitDependency.OnFailure or UnitDependency.Triggers or UnitDependency.TriggeredBy;

    private string? RefusalOf(UnitDependency kind, Unit other) => kind switch
    {
        UnitDependency.Before when other.Type == UnitType.Device =>
            $"Dependency Before={other.Id} ignored (.device units cannot be delayed)",
        UnitDependency.OnFailure when !CanFail =>
            $"Requested dependency OnFailure={other.Id} ignored ({Type.ToText()} units cannot fail).",
        UnitDependency.Triggers when !CanTrigger =>
            $"Requested dependency Triggers={other.Id} refused ({Type.ToText()} units cannot trigger other units).",
        UnitDependency.InSlice when other.Type != UnitType.Slice =>
            $"Requested dependency Slice={other.Id} refused ({other.Id} is not a slice unit).",
        UnitDependency.InSlice when !HasControlGroup =>
            $"Requested dependency Slice={other.Id} refused ({Id} is not a cgroup unit).",
        _ => null,
    };
}
