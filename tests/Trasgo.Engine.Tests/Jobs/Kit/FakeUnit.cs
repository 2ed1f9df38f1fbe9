using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>A unit that is whatever a test says it is.</summary>
internal sealed class FakeUnit(string id) : IJobUnit
{
    public DependencyStore Store => field ??= new(this);

    public string Id { get; } = id;

    public UnitLoadState LoadState { get; set; } = UnitLoadState.Loaded;

    public UnitLoadError? LoadError { get; set; }

    public UnitActiveState ActiveState { get; set; } = UnitActiveState.Inactive;

    public Job? Job { get; set; }

    public Job? NopJob { get; set; }

    public bool CanStart { get; set; } = true;

    public bool CanStop { get; set; } = true;

    public bool CanReload { get; set; }

    public bool IsPerpetual { get; set; }

    public bool AllowIsolate { get; set; }

    public bool IgnoreOnIsolate { get; set; }

    public bool RefuseManualStart { get; set; }

    public bool RefuseManualStop { get; set; }

    public bool StartIsDecided { get; set; }

    public bool CollectsJobs { get; set; }

    public ulong JobTimeoutUsec { get; set; } = ulong.MaxValue;

    public ulong JobRunningTimeoutUsec { get; set; } = ulong.MaxValue;

    public RunPriority RunPriority { get; set; } = new(0, 100, 0);

    public List<IJobUnit> Following { get; } = [];

    public ReadOnlySpan<IJobUnit> FollowingSet => CollectionsMarshal.AsSpan(Following);

    public UnitStanding Standing => new(LoadState, ActiveState, HasJob: Job is not null, IsPerpetual, IsFollowed: Following.Count > 0);

    /// <summary>What a start comes to; by default the unit begins to activate.</summary>
    public Func<FakeUnit, JobOutcome>? OnStart { get; set; }

    public Func<FakeUnit, JobOutcome>? OnStop { get; set; }

    public Func<FakeUnit, JobOutcome>? OnReload { get; set; }

    /// <summary>Adds the dependency here and its inverse there.</summary>
    public FakeUnit Depend(UnitDependency kind, params ReadOnlySpan<FakeUnit> others)
    {
        foreach (var other in others)
        {
            Store.Connect(kind, other.Store, DependencyOrigin.File);
        }

        return this;
    }

    public uint StartVersion => Store.StartVersion;

    public uint StopVersion => Store.StopVersion;

    public bool NextDependency(UnitDependencyAtom atoms, ref ulong cursor, [NotNullWhen(true)] out IJobUnit? other) =>
        Store.Next(atoms, ref cursor, out other);

    public override string ToString() => Id;
}
