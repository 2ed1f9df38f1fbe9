using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A socket that starts its service when somebody connects (systemd.socket(5)).</summary>
internal sealed class Socket(EngineContext context, UnitName name) : TriggeringUnit<SocketConfig>(context, name)
{
    public override UnitConfig Config => Settings.Unit;

    public override ExecConfig Exec => Settings.Exec;

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    protected override DirectiveTable<SocketConfig> Table => SocketDirectives.Table;

    public override UnitActiveState ActiveState => UnitActiveState.Inactive;

    public override string SubState => "dead";

    public override string ResultName => "success";

    public override string Unsupported => "Socket units are not supported by this version.";

    public override UnitLoadError? FinishLoading()
    {
        if (!Settings.Accept)
        {
            AddTrigger(Settings.Service);
        }

        if (Settings.ExecStartPre.Count + Settings.ExecStartPost.Count + Settings.ExecStopPre.Count + Settings.ExecStopPost.Count > 0)
        {
            ImplicitDependencies.OfExec(this, Exec);
        }

        AddDefaultDependencies(SpecialUnits.SocketsTarget);
        return null;
    }

    protected override SocketConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow() => JobOutcome.Already;
}
