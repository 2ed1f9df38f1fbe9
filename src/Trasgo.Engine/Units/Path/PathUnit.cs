using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>A path that starts a unit when something happens to it (systemd.path(5)).</summary>
internal sealed class PathUnit(EngineContext context, UnitName name) : TriggeringUnit<PathConfig>(context, name)
{
    /// <summary>µs; a unit that cannot be started must not keep the manager busy.</summary>
    private const ulong DefaultTriggerInterval = 2 * TimeSpans.Second;

    private const uint DefaultTriggerBurst = 200;

    public override UnitConfig Config => Settings.Unit;

    protected override DirectiveTable<PathConfig> Table => PathDirectives.Table;

    public override UnitActiveState ActiveState => UnitActiveState.Inactive;

    public override string SubState => "dead";

    public override string ResultName => "success";

    public override string Unsupported => "Path units are not supported by this version.";

    public override UnitLoadError? FinishLoading()
    {
        if (Settings.TriggerLimitInterval == TimeSpans.Infinity)
        {
            Settings.TriggerLimitInterval = DefaultTriggerInterval;
        }

        if (Settings.TriggerLimitBurst == uint.MaxValue)
        {
            Settings.TriggerLimitBurst = DefaultTriggerBurst;
        }

        AddTrigger(Settings.TriggerUnit);
        foreach (var watched in Settings.Paths)
        {
            RequireMountsFor(watched.Path);
        }

        AddDefaultDependencies(SpecialUnits.PathsTarget);
        return Settings.Paths.Count == 0 ? Refuse("Path unit lacks path setting. Refusing.") : null;
    }

    protected override PathConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults));

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow() => JobOutcome.Already;
}
