using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// A device as the kernel and udev know it (systemd.device(5)). As in a container, where udev does not run, none ever
/// appears: a start fails instead of waiting for its time to run out.
/// </summary>
internal sealed class Device(EngineContext context, UnitName name) : PassiveUnit<UnitConfig>(context, name)
{
    public override UnitConfig Config => Settings;

    public override bool RequiresFragment => false;

    public override bool CollectsJobs => true;

    public override string? ResultName => null;

    protected override bool TypeCanStart => false;

    protected override bool TypeCanStop => false;

    protected override DirectiveTable<UnitConfig> Table => UnitDirectives.Table;

    protected override string Plural => "Device units";

    public override UnitLoadError? FinishLoading()
    {
        Settings.Description ??= Name.ToPath();
        return null;
    }

    protected override UnitConfig NewSettings() => new(Type, Context.Defaults);
}
