using Trasgo.Engine.Jobs;
using Trasgo.Engine.State;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>
/// A mount point. What the kernel has mounted is an active unit (<see cref="SetMounted"/>), whoever mounted it; mounting and
/// unmounting by the manager is not offered yet.
/// </summary>
internal sealed class Mount : Unit
{
    /// <summary>Where a mount comes from that has no file (SourcePath=).</summary>
    private const string MountTablePath = "/proc/self/mountinfo";

    private MountedPoint? _mounted;
    private bool _wasMounted;

    public Mount(EngineContext context, UnitName name)
        : base(context, name)
    {
        Settings = NewSettings();
        IsPerpetual = name.Text == SpecialUnits.RootMount;
    }

    public MountConfig Settings { get; private set; }

    public override UnitConfig Config => Settings.Unit;

    public override ExecConfig Exec => Settings.Exec;

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    public override bool RequiresFragment => _mounted is null && !IsPerpetual;

    public override UnitActiveState ActiveState => IsMounted ? UnitActiveState.Active : UnitActiveState.Inactive;

    public override string SubState => IsMounted ? "mounted" : "dead";

    public override CleanMask? Cleanable => CleanMasks.Of(Exec);

    public override string ResultName => "success";

    public override string? Unsupported => IsMounted ? null : "Mounting is not supported by this version.";

    public override bool CanReload => false;

    /// <summary>What is mounted, as the kernel says; null when nothing is.</summary>
    public MountedPoint? Mounted => _mounted;

    private bool IsMounted => _mounted is not null || IsPerpetual;

    public string Where => Settings.Where ?? _mounted?.Where ?? Name.ToPath() ?? "";

    public override bool IsExtrinsic => IsPerpetual || Context.Scope == RuntimeScope.User || MountPoints.IsVirtual(Where, _mounted?.Options ?? Settings.Options);

    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) =>
        MountDirectives.Table.Apply(Settings, assignment, context);

    /// <summary>The kernel's table has changed: something is mounted there, or nothing any more.</summary>
    public void SetMounted(MountedPoint? point)
    {
        var before = ActiveState;
        if (_mounted == point)
        {
            return;
        }

        _mounted = point;
        if (point is not null && LoadState == UnitLoadState.NotFound)
        {
            ResetForLoading();
            Context.Queues.Load.Add(this);
        }

        if (Context.IsRestoring)
        {
            // What that means is seen when all states are known.
            return;
        }

        if (before == UnitActiveState.Inactive && ActiveState == UnitActiveState.Active)
        {
            RenewInvocationId();
        }

        NotifyState(before, ActiveState);
    }

    protected override void SaveOwn(StateRecord record) => record.Put("mounted", _mounted is not null);

    protected override void RestoreOwn(StateRecord record) => _wasMounted = record.Flag("mounted");

    /// <summary>It may have been mounted or unmounted meanwhile.</summary>
    public override void CatchUp()
    {
        var before = _wasMounted || IsPerpetual ? UnitActiveState.Active : UnitActiveState.Inactive;
        if (before != ActiveState)
        {
            if (IsMounted)
            {
                RenewInvocationId();
            }

            NotifyState(before, ActiveState);
        }

        _wasMounted = false;
    }

    public override UnitLoadError? FinishLoading()
    {
        if (IsPerpetual)
        {
            Settings.Unit.DefaultDependencies = false;
            Settings.Unit.Description ??= "Root Mount";
            if (Settings.Unit.Documentation.Count == 0)
            {
                Settings.Unit.Documentation.Add("man:systemd.special(7)");
            }
        }

        if (Origin.FragmentPath.Length > 0 && Settings.Where is { } where && UnitName.FromPath(where, UnitType.Mount) is null)
        {
            Log(LogLevel.Error, $"Where= setting {where} cannot be made into a unit name. Refusing.");
            return LoadErrors.BadSetting(Id);
        }

        if (Settings.Where is { } path && UnitName.FromPath(path, UnitType.Mount)?.Text != Id)
        {
            Log(LogLevel.Error, "Where= setting doesn't match unit name. Refusing.");
            return LoadErrors.BadSetting(Id);
        }

        Settings.Unit.Description ??= Where;
        if (_mounted is not null && !IsPerpetual && Origin is { FragmentPath.Length: 0, SourcePath.Length: 0 })
        {
            Origin = Origin with { SourcePath = MountTablePath };
        }

        AddMountDependencies();
        ExecRules.Complete(Exec, ExecRules.ConcernsDevices(Exec) ? Resources : null, Context.Defaults, Name);
        ImplicitDependencies.FixStandardStreams(Exec, Context.Defaults);
        ImplicitDependencies.OfExec(this, Exec);
        AddDefaultDependencies();
        Context.Loader.Mounts.OnLoaded(this);
        return null;
    }

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow()
    {
        Log(LogLevel.Debug, "Unmounting is not supported by this version.");
        return JobOutcome.NotSupportedByHost;
    }

    protected override void ResetSettings() => Settings = NewSettings();

    private void AddMountDependencies()
    {
        if (Where != "/" && System.IO.Path.GetDirectoryName(Where) is { } parent)
        {
            RequireMountsFor(parent);
        }

        if (Settings.What is { } what && what.StartsWith('/') && !MountPoints.IsNetwork(Settings.Type, Settings.Options))
        {
            RequireMountsFor(what);
        }
    }

    private void AddDefaultDependencies()
    {
        if (!Config.DefaultDependencies || IsExtrinsic)
        {
            return;
        }

        var origin = _mounted is not null ? DependencyOrigin.MountInfo : DependencyOrigin.MountFile;
        var isNetwork = MountPoints.IsNetwork(Settings.Type ?? _mounted?.FileSystem, Settings.Options ?? _mounted?.Options);
        if (!MountPoints.HasOption(Settings.Options, "nofail"))
        {
            AddDependency(UnitDependency.Before, isNetwork ? SpecialUnits.RemoteFsTarget : SpecialUnits.LocalFsTarget, origin);
        }

        AddDependency(UnitDependency.After, isNetwork ? SpecialUnits.RemoteFsPreTarget : SpecialUnits.LocalFsPreTarget, origin);
        AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.UmountTarget, origin);
        if (isNetwork)
        {
            AddDependency(UnitDependency.After, SpecialUnits.NetworkTarget, origin);
            AddDependencies(UnitDependency.Wants, UnitDependency.After, SpecialUnits.NetworkOnlineTarget, origin);
        }

        if ((Settings.Type ?? _mounted?.FileSystem) == "tmpfs")
        {
            AddDependency(UnitDependency.After, SpecialUnits.SwapTarget, origin);
        }
    }

    private MountConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);
}

/// <summary>A line of the kernel's mount table.</summary>
internal sealed record MountedPoint(string What, string Where, string FileSystem, string Options);
