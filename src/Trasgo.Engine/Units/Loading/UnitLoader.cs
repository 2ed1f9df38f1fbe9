using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>
/// Finds units by name and reads them. A unit that is mentioned becomes a stub at once and is read later, from the load
/// queue, so that rings of dependencies need no recursion.
/// </summary>
internal sealed partial class UnitLoader(EngineContext context, UnitSearchPath search, IUnitFileSystem files, ISpecifierHost host)
{
    private const ulong InstanceAgeUsec = 1_000_000;

    private UnitFileIndex _index = UnitFileIndex.Build(search, files);
    private readonly ParsedFiles _templates = new();
    private ulong _checkedAt;

    public UnitSearchPath SearchPath => search;

    public IUnitFileSystem Files => files;

    public UnitFileIndex Index => _index;

    public MountRequirements Mounts { get; } = new(context);

    /// <summary>The unit of that name, as a stub if it is new; null when the name is no name for a unit that can be loaded.</summary>
    public Unit? Mention(string name) => Mention(name, ageUsec: 0);

    private Unit? Mention(string name, ulong ageUsec)
    {
        if (context.Units.Find(name) is { } known)
        {
            return known;
        }

        if (!UnitName.TryParse(name, UnitNameFlags.Plain | UnitNameFlags.Instance, out var parsed))
        {
            context.Log.Write(LogLevel.Warning, unit: null, $"Unit name {name} is missing the instance name or not valid, ignoring.");
            return null;
        }

        RefreshIndex(ageUsec);
        var lookup = _index.Lookup(parsed);
        if (lookup.Id != name && context.Units.Find(lookup.Id) is { } canonical)
        {
            AddNames(canonical, lookup);
            canonical.Names.Add(name);
            context.Units.Add(name, canonical);
            return canonical;
        }

        if (lookup.Id == name || !UnitName.TryParse(lookup.Id, UnitNameFlags.Plain | UnitNameFlags.Instance, out var id))
        {
            id = parsed;
        }

        var unit = UnitFactory.Create(context, id);
        unit.Names.Add(name);
        AddNames(unit, lookup);
        context.Units.Add(unit.Id, unit);
        context.Units.Add(name, unit);
        context.Queues.Load.Add(unit);
        context.Observer.UnitAdded(unit);
        return unit;
    }

    /// <summary>
    /// As <see cref="LoadNow"/>, for the instances that a socket makes, one for each connection: they are of one template, so a look at the directories
    /// a second tells of new drop-ins soon enough.
    /// </summary>
    public Unit? LoadInstance(string name) => LoadNow(name, InstanceAgeUsec);

    /// <summary>As <see cref="Mention"/>, and read: with everything that the unit mentions in turn.</summary>
    public Unit? LoadNow(string name) => LoadNow(name, ageUsec: 0);

    private Unit? LoadNow(string name, ulong ageUsec)
    {
        var unit = Mention(name, ageUsec);
        context.Queues.DrainLoading();
        if (unit is not null)
        {
            // It may have been mentioned by others before its file came.
            RetryLoad(unit);
        }

        return unit;
    }

    /// <summary>The unit could not be found when it was last looked for, but files have come since.</summary>
    public void RetryLoad(Unit unit)
    {
        if (unit.LoadState != UnitLoadState.NotFound || !RefreshIndex())
        {
            return;
        }

        unit.ResetForLoading();
        AddNames(unit, _index.Lookup(unit.Name));
        context.Queues.Load.Add(unit);
        context.Queues.DrainLoading();
    }

    public void Load(Unit unit)
    {
        if (unit.LoadState != UnitLoadState.Stub)
        {
            return;
        }

        var diagnostics = new DiagnosticList();
        var source = UnitFileSource.Load(search, files, _index, unit.Name, diagnostics, unit.RequiresFragment, _templates);
        var stamps = source.Stamps;
        var outcome = Read(unit, source, diagnostics);
        var sourcePath = unit.Config.SourcePath ?? "";
        ulong sourceTime = 0;
        if (sourcePath.Length > 0 && files.Stat(sourcePath, followLinks: true, out var stamp) != FileKind.Missing)
        {
            sourceTime = stamp.ModifiedUsec;
        }

        unit.Origin = new UnitOrigin
        {
            FragmentPath = source.ReadError == FileError.NotFound ? "" : source.FragmentPath ?? "",
            SourcePath = sourcePath,
            DropInPaths = source.DropInPaths,
            HasChanged = source.ReadError == FileError.NotFound ? null : () => stamps.IsOutdated(search, files, _index, unit.LoadState == UnitLoadState.Loaded)
                || (sourcePath.Length > 0 && UnitFileStamps.IsNewer(files, sourcePath, sourceTime, masked: false)),
        };
        Report(unit, diagnostics);
        unit.LoadState = Judge(unit, source, outcome);
        AddDependencies(unit, source);
        if (unit.LoadState == UnitLoadState.Loaded)
        {
            Finish(unit);
        }

        if (!_reloading)
        {
            context.Observer.UnitChanged(unit);
        }

        context.Queues.Garbage.Add(unit);
    }

    /// <summary>Takes a unit out of everything that knows it.</summary>
    public void Remove(Unit unit)
    {
        context.Observer.UnitRemoved(unit);
        unit.OnRemoved();
        unit.Unlink();
        unit.AutomaticRetry?.Dispose();
        unit.AutomaticRetry = null;
        Mounts.Forget(unit);
        context.Queues.Forget(unit);
        context.Processes.Release(unit, keepCounts: false);
        context.Units.Remove(unit);
        if (unit.IsTransient && unit.Origin.FragmentPath.Length > 0)
        {
            _ = files.Remove(unit.Origin.FragmentPath);
            Rescan();
        }
    }

    /// <summary>The directories are read again, whether or not their times tell of a change.</summary>
    public void Rescan() => _index = UnitFileIndex.Build(search, files);

    private ParseOutcome Read(Unit unit, UnitFileSource source, DiagnosticList diagnostics)
    {
        var group = context.Processes.ControlGroupOf(unit);
        var specifiers = new SpecifierContext(unit.Name, host, search.Scope)
        {
            FragmentPath = source.FragmentPath,
            ControlGroup = group.Length > 0 ? group : $"{context.Processes.Root}/{unit.Id}",
            ControlGroupRoot = context.Processes.Root,
        };
        var parse = new ParseContext(unit.Name, specifiers, diagnostics, context.Defaults) { TimeZones = context.Timekeeping.Zones };
        var worst = ParseOutcome.Fine;
        var skippedFile = "";
        foreach (var assignment in source.Assignments)
        {
            if (assignment.File == skippedFile || assignment.Section is "Install" || UnitSections.IsForeign(assignment.Section))
            {
                continue;
            }

            var isKnown = assignment.Section == "Unit"
                ? UnitDirectives.Table.Apply(unit.Config, assignment, parse)
                : unit.Apply(assignment, parse);
            if (!isKnown)
            {
                ReportUnknown(unit, assignment, diagnostics);
            }
            else if (parse.Outcome != ParseOutcome.Fine)
            {
                // The rest of that file is not to be trusted either.
                skippedFile = assignment.File;
                worst = parse.Outcome > worst ? parse.Outcome : worst;
            }
        }

        return worst;
    }

    private static void ReportUnknown(Unit unit, in Assignment assignment, DiagnosticList diagnostics)
    {
        if (!assignment.Key.StartsWith("X-", StringComparison.Ordinal))
        {
            diagnostics.Add(new Diagnostic(Severity.Warning, unit.Id, assignment.File, assignment.Line, assignment.Key, $"Unknown key name '{assignment.Key}' in section '{assignment.Section}', ignoring."));
        }
    }

    private static UnitLoadState Judge(Unit unit, UnitFileSource source, ParseOutcome outcome)
    {
        if (source.IsMasked)
        {
            unit.LoadError = LoadErrors.Masked(unit.Id);
            return UnitLoadState.Masked;
        }

        // A link may lead to where nothing is.
        if ((source.FragmentPath is null && unit.RequiresFragment) || source.ReadError == FileError.NotFound)
        {
            unit.LoadError = LoadErrors.NotFound(unit.Id);
            return UnitLoadState.NotFound;
        }

        if (source.Failure != ParseFailure.None || source.ReadError != FileError.None || outcome == ParseOutcome.Error)
        {
            unit.LoadError = LoadErrors.Failed(source.ReadError, source.Failure);
            return UnitLoadState.Error;
        }

        if (outcome == ParseOutcome.BadSetting)
        {
            unit.LoadError = LoadErrors.BadSetting(unit.Id);
            return UnitLoadState.BadSetting;
        }

        return UnitLoadState.Loaded;
    }

    private void Finish(Unit unit)
    {
        unit.StartLimit.IntervalUsec = unit.Config.StartLimitInterval;
        unit.StartLimit.Burst = unit.Config.StartLimitBurst;
        if (unit.FinishLoading() is { } error)
        {
            unit.LoadError = error;
            unit.LoadState = error.IsBadSetting() ? UnitLoadState.BadSetting : error.IsNotFound() ? UnitLoadState.NotFound : UnitLoadState.Error;
            return;
        }

        ImplicitDependencies.SetSlice(unit);
        ImplicitDependencies.OfSlice(unit);
        foreach (var path in unit.Config.RequiresMountsFor)
        {
            Mounts.Require(unit, path);
        }

        if (unit.Config.JobRunningTimeoutSet && unit.Config.JobRunningTimeout > unit.Config.JobTimeout)
        {
            unit.Log(LogLevel.Warning, "JobRunningTimeoutSec= is greater than JobTimeoutSec=, it has no effect.");
        }

        context.Queues.TargetDependencies.Add(unit);
        context.Queues.StopWhenUnneeded.Add(unit);
        context.Queues.StopWhenBound.Add(unit);
        context.Queues.StartWhenUpheld.Add(unit);
    }

    /// <summary>Units that are refused have the dependencies that were read before the mistake, and masked ones those of their directories.</summary>
    private static void AddDependencies(Unit unit, UnitFileSource source)
    {
        if (unit.LoadState == UnitLoadState.NotFound)
        {
            return;
        }

        foreach (var dependency in unit.Config.Dependencies)
        {
            unit.AddDependency(dependency.Kind, dependency.UnitName, DependencyOrigin.File);
        }

        if (unit.LoadState is UnitLoadState.Error or UnitLoadState.BadSetting)
        {
            return;
        }

        foreach (var wanted in source.Wants)
        {
            unit.AddDependency(UnitDependency.Wants, wanted.Name.Text, DependencyOrigin.File);
        }

        foreach (var required in source.Requires)
        {
            unit.AddDependency(UnitDependency.Requires, required.Name.Text, DependencyOrigin.File);
        }
    }

    private void AddNames(Unit unit, UnitFileLookup lookup)
    {
        foreach (var alias in lookup.Names)
        {
            if (context.Units.Find(alias) is not { } owner)
            {
                unit.Names.Add(alias);
                context.Units.Add(alias, unit);
            }
            else if (ReferenceEquals(owner, unit))
            {
                unit.Names.Add(alias);
            }
        }
    }

    /// <summary>Reads the directories again if they have changed; looked at once a wake-up, or if they were not for some time.</summary>
    private bool RefreshIndex(ulong ageUsec = 0)
    {
        var now = context.Loop.Now(Clock.Monotonic);
        if (now - _checkedAt <= ageUsec)
        {
            return false;
        }

        _checkedAt = now;
        if (!_index.IsStale(files))
        {
            return false;
        }

        _index = UnitFileIndex.Build(search, files);
        return true;
    }

    private void Report(Unit unit, DiagnosticList diagnostics)
    {
        foreach (var diagnostic in diagnostics.Items)
        {
            context.Log.Write(diagnostic.Severity switch
            {
                Severity.Error => LogLevel.Error,
                Severity.Warning => LogLevel.Warning,
                _ => LogLevel.Info,
            }, unit: null, diagnostic.ToString());
        }

        if (diagnostics.Dropped > 0)
        {
            unit.Log(LogLevel.Warning, $"{diagnostics.Dropped} further messages about its files are not shown.");
        }
    }
}
