using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) =>
        ServiceDirectives.Table.Apply(Settings, assignment, context);

    public override UnitLoadError? FinishLoading()
    {
        Settings.IsRead = true;
        Settings.Type ??= Settings.BusName is not null ? ServiceType.DBus
            : Settings.ExecStart.Count > 0 ? ServiceType.Simple
            : ServiceType.Oneshot;

        // A oneshot takes as long as it takes, unless somebody said otherwise.
        if (Settings.Type == ServiceType.Oneshot && !Settings.TimeoutStartSet)
        {
            Settings.TimeoutStart = ulong.MaxValue;
        }

        if (Settings.NotifyAccess == NotifyAccess.None &&
            (Settings.Type == ServiceType.Notify || Settings.Watchdog > 0 || Settings.FileDescriptorStoreMax > 0))
        {
            Settings.NotifyAccess = NotifyAccess.Main;
        }

        Settings.OomPolicy ??= Settings.Resources.Delegate ? OomPolicy.Continue : Context.Defaults.OomPolicy;
        if (Settings.OomPolicy == OomPolicy.Kill)
        {
            Settings.OwnResources.MemoryOomGroup = true;
        }

        ExecRules.Complete(Exec, ExecRules.ConcernsDevices(Exec) ? Settings.OwnResources : null, Context.Defaults, Name);
        foreach (var (kind, socket) in ServiceDirectives.SocketDependencies(Settings))
        {
            AddDependency(kind, socket, DependencyOrigin.File);
        }

        ImplicitDependencies.FixStandardStreams(Exec, Context.Defaults);
        ImplicitDependencies.OfExec(this, Exec);
        AddBusDependencies();
        AddDefaultDependencies();
        MoveCommands();
        return ServiceChecks.Refusal(this) is { } refusal ? Refuse(refusal) : ClaimBusName() ? null : LoadErrors.NameTaken;
    }

    protected override void ResetSettings() => Settings = NewSettings();

    private ServiceConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);

    private UnitLoadError Refuse(string refusal)
    {
        Log(LogLevel.Error, refusal);
        return LoadErrors.BadSetting(Id);
    }

    /// <summary>After a reload of the configuration: the commands that are running have a place in the new lists.</summary>
    private void MoveCommands()
    {
        if (_commands.Main is { } main)
        {
            _commands.Main = main.MovedTo(Settings.ExecStart);
        }

        if (_commands.Control is { } control)
        {
            _commands.SetControl(_commands.ControlKind, control.MovedTo(CommandsOf(_commands.ControlKind)));
        }
    }

    private void AddBusDependencies()
    {
        if (Settings.BusName is not null && Settings.Type == ServiceType.DBus)
        {
            AddDependencies(UnitDependency.Requires, UnitDependency.After, SpecialUnits.DbusSocket, DependencyOrigin.File);
        }
    }

    private void AddDefaultDependencies()
    {
        if (!Config.DefaultDependencies)
        {
            return;
        }

        if (Context.Scope == RuntimeScope.System)
        {
            AddDependencies(UnitDependency.After, UnitDependency.Requires, SpecialUnits.SysinitTarget, DependencyOrigin.Default);
        }
        else
        {
            AddDependency(UnitDependency.Requires, SpecialUnits.BasicTarget, DependencyOrigin.Default);
        }

        AddDependency(UnitDependency.After, SpecialUnits.BasicTarget, DependencyOrigin.Default);
        AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.ShutdownTarget, DependencyOrigin.Default);
    }
}
