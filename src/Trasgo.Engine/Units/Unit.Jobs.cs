using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>What the job engine asks of a unit.</summary>
internal abstract partial class Unit
{
    public Job? Job { get; set; }

    public Job? NopJob { get; set; }

    /// <summary>The type can be started at all: devices, for one, come and go by themselves.</summary>
    protected virtual bool TypeCanStart => true;

    protected virtual bool TypeCanStop => true;

    public bool CanStart => LoadState == UnitLoadState.Loaded && Unsupported is null && TypeCanStart && !(OnlyOnce && InactiveExitTimestamp.IsSet);

    public bool CanStop => Unsupported is null && TypeCanStop && !IsPerpetual;

    /// <summary>It can itself, or it hands reloads on (PropagatesReloadTo=).</summary>
    public virtual bool CanReload => DependenciesOf(UnitFiles.Directives.UnitDependency.PropagatesReloadTo).Length > 0;

    public bool AllowIsolate => Config.AllowIsolate;

    public virtual bool IgnoreOnIsolate => Config.IgnoreOnIsolate;

    public bool RefuseManualStart => Config.RefuseManualStart;

    public virtual bool RefuseManualStop => Config.RefuseManualStop;

    public virtual bool StartIsDecided => false;

    public virtual bool CollectsJobs => false;

    public ulong JobTimeoutUsec => Config.JobTimeout;

    public ulong JobRunningTimeoutUsec => Config.JobRunningTimeout;

    public RunPriority RunPriority => new((int)Type, Resources?.CpuWeight ?? 100, Exec?.Nice ?? 0);

    public ReadOnlySpan<IJobUnit> FollowingSet => [];

    public UnitStanding Standing => new(LoadState, ActiveState, HasJob: Job is not null, IsPerpetual, IsFollowed: false);

    /// <summary>A stop job is queued.</summary>
    public bool IsStopPending => Job is { Type: JobType.Stop };

    public bool CanIsolate => AllowIsolate && CanStart;

    /// <summary>A process that was started for this unit, or was found to be in it, is gone.</summary>
    public virtual void OnProcessExited(int pid, int code, int status)
    {
    }

    /// <summary>A process of the unit has something to say (sd_notify(3)).</summary>
    public virtual void OnNotify(NotifyMessage message) => Log(LogLevel.Warning, $"Got notification message from PID {message.Pid}, but the unit does not take any.");

    /// <summary>The last process of the unit is gone.</summary>
    public virtual void OnProcessesGone()
    {
    }

    /// <summary>May be unloaded as far as the type is concerned.</summary>
    public virtual bool MayCollect => true;
}
