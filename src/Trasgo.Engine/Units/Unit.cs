using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>
/// Anything that can be started, stopped and depended upon.
/// </summary>
/// <remarks>
/// A unit is created as a stub the first time its name is mentioned, loaded from its files by <see cref="UnitLoader"/>, and
/// collected when nothing refers to it any more (<see cref="GarbageQueue"/>). Its state is changed by its own type only,
/// through <see cref="NotifyState"/>, which tells the job table, the queues and the observers; everything that follows from a change in
/// other units is queued, never called directly, so that no handler sees a unit half way through a change.
/// </remarks>
internal abstract partial class Unit : IJobUnit
{
    protected Unit(EngineContext context, UnitName name)
    {
        Context = context;
        Name = name;
        Names.Add(name.Text);
        _dependencies = new DependencyStore(this);
    }

    public EngineContext Context { get; }

    public UnitName Name { get; private set; }

    public string Id => Name.Text;

    public UnitType Type => Name.Type;

    /// <summary>The name and all its aliases (Names=).</summary>
    public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The settings of [Unit].</summary>
    public abstract UnitConfig Config { get; }

    public UnitLoadState LoadState { get; set; } = UnitLoadState.Stub;

    public UnitLoadError? LoadError { get; set; }

    public UnitOrigin Origin { get; set; } = UnitOrigin.None;

    /// <summary>Not from a file, cannot be stopped, never collected: the root slice, the manager's own scope.</summary>
    public bool IsPerpetual { get; protected set; }

    public bool IsTransient { get; set; }

    /// <summary>The queues that it waits in to be looked at; theirs to set.</summary>
    public QueuePlaces QueuedIn { get; set; }

    public string Description => Config.Description is { Length: > 0 } text ? text : Id;

    /// <summary>32 hexadecimal digits, new at each start (systemd.exec(5), $INVOCATION_ID); "" before the first.</summary>
    public string InvocationId { get; private set; } = "";

    public abstract UnitActiveState ActiveState { get; }

    public abstract string SubState { get; }

    public bool IsActiveOrReloading => ActiveState.IsActiveOrReloading();

    public bool IsActiveOrActivating => ActiveState.IsActiveOrActivating();

    public bool IsInactiveOrFailed => ActiveState.IsInactiveOrFailed();

    public bool IsInactiveOrDeactivating => ActiveState.IsInactiveOrDeactivating();

    /// <summary>The settings of the processes of this unit; null for types that have none.</summary>
    public virtual ExecConfig? Exec => null;

    public virtual KillConfig? Kill => null;

    public virtual ResourceConfig? Resources => null;

    public virtual int MainPid => 0;

    public virtual int ControlPid => 0;

    /// <summary>Result= where the type has one.</summary>
    public virtual string? ResultName => null;

    /// <summary>A file is required for the unit to be loaded; devices, slices and mounts may exist without.</summary>
    public virtual bool RequiresFragment => true;

    /// <summary>The type has processes, and so a place among the slices.</summary>
    public bool HasControlGroup => Resources is not null;

    /// <summary>Reads one line of the unit's files; false where there is no such directive.</summary>
    public bool Apply(in Assignment assignment, ParseContext context) => assignment.Section == "Unit"
        ? UnitDirectives.Table.Apply(Config, assignment, context)
        : ApplyOwn(assignment, context);

    /// <summary>A line of a section that only this type of unit has.</summary>
    protected abstract bool ApplyOwn(in Assignment assignment, ParseContext context);

    /// <summary>Puts the settings back to their defaults, before files are read (again).</summary>
    protected abstract void ResetSettings();

    /// <summary>What the type adds once its files are read: implicit and default dependencies, checks. An error makes it bad-setting.</summary>
    public abstract UnitLoadError? FinishLoading();

    public void ResetForLoading()
    {
        LoadError = null;
        LoadState = UnitLoadState.Stub;
        ResetSettings();
    }

    /// <summary>The unit is collected: what it holds elsewhere goes with it.</summary>
    public virtual void OnRemoved()
    {
    }

    /// <summary>The configuration was read anew while the unit may be up.</summary>
    public virtual void AfterReload() => Context.Processes.SettingsChanged(this);

    /// <summary>RequiresMountsFor=, for a path that another setting names.</summary>
    public void RequireMountsFor(string path)
    {
        if (!Config.RequiresMountsFor.Contains(path))
        {
            Config.RequiresMountsFor.Add(path);
        }

        Context.Loader.Mounts.Require(this, path);
    }

    /// <summary>Made by somebody else - the kernel, fstab, a client - so it has no place in the slices of services.</summary>
    public virtual bool IsExtrinsic => IsPerpetual;

    /// <summary>The files say that the unit's proper name is another: an alias was asked for.</summary>
    public void Rename(UnitName name)
    {
        Name = name;
        Names.Add(name.Text);
    }

    public void RenewInvocationId()
    {
        Context.Units.Forget(this, InvocationId);
        InvocationId = RandomIds.Next();
        Context.Units.Remember(this, InvocationId);
    }

    /// <summary>Whether messages of level debug are worth composing.</summary>
    public bool WantsDebug => Context.Log.IsEnabled(LogLevel.Debug);

    public void Log(LogLevel level, string message) => Context.Log.Write(level, this, message);

    protected void Log(LogLevel level, string message, string messageId) => Context.Log.Write(level, this, message, messageId);

    public override string ToString() => Id;
}
