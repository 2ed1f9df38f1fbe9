using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A socket that starts its service when somebody connects (systemd.socket(5)).</summary>
internal sealed class Socket(EngineContext context, UnitName name) : PassiveUnit<SocketConfig>(context, name)
{
    public override UnitConfig Config => Settings.Unit;

    public override ExecConfig Exec => Settings.Exec;

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    public override bool CanTrigger => true;

    protected override DirectiveTable<SocketConfig> Table => SocketDirectives.Table;

    protected override string Plural => "Socket units";

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
}
