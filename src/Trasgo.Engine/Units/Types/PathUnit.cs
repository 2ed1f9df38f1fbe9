using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>A path that starts a unit when something happens to it (systemd.path(5)).</summary>
internal sealed class PathUnit(EngineContext context, UnitName name) : PassiveUnit<PathConfig>(context, name)
{
    /// <summary>µs; a unit that cannot be started must not keep the manager busy.</summary>
    private const ulong DefaultTriggerInterval = 2 * TimeSpans.Second;

    private const uint DefaultTriggerBurst = 200;

    public override UnitConfig Config => Settings.Unit;

    public override bool CanTrigger => true;

    protected override DirectiveTable<PathConfig> Table => PathDirectives.Table;

    protected override string Plural => "Path units";

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
}
