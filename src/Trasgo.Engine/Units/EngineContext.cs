using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Engine.Units;

/// <summary>
/// What the units share: one of each service of the engine, put together by whoever runs it - the manager, or a test.
/// </summary>
internal sealed class EngineContext
{
    public required RuntimeScope Scope { get; init; }

    /// <summary>
    /// Whether programs that are not ours run beside us, as beside another PID 1. A socket in the file system that one of them has open is
    /// then not replaced, as it is by the PID 1 of systemd.
    /// </summary>
    public bool SharesHost { get; set; }

    /// <summary>The path of the message bus that the manager serves itself as long as no unit does (dbus.socket), and gives up to one; null for none.</summary>
    public string? StandInBusPath { get; set; }

    public required EventLoop Loop { get; init; }

    public required IEngineLog Log { get; init; }

    public required IEngineObserver Observer { get; init; }

    public required IExecutor Executor { get; init; }

    public required IProcessTracker Processes { get; init; }

    public IProcessTable ProcessTable { get; init; } = KernelProcessTable.Instance;

    public required ManagerDefaults Defaults { get; set; }

    public required DirectoryLayout Directories { get; init; }

    public required IConditionTester Conditions { get; init; }

    public required IEmergencyActions Emergency { get; init; }

    public required Timekeeping Timekeeping { get; init; }

    public UnitTable Units { get; } = new();

    /// <summary>Units are being put into the states that they had: nothing that is found then is an event.</summary>
    public bool IsRestoring { get; set; }

    public ScopeControllers ScopeControllers { get; } = new();

    public ProcessMover ProcessMover { get; } = new();

    public UnitQueues Queues { get; private set; } = null!;

    public UnitLoader Loader { get; private set; } = null!;

    public JobTable Jobs { get; private set; } = null!;

    /// <summary>$NOTIFY_SOCKET of the services.</summary>
    public required string NotifySocketPath { get; init; }

    /// <summary>Whether watchdogs abort services; `systemctl service-watchdogs` switches it.</summary>
    public bool ServiceWatchdogs { get; set; } = true;

    public BusNameTable BusNames { get; } = new();

    /// <summary>There is work in a queue: it is done before the loop waits again.</summary>
    public Action Wake { get; set; } = static () => { };

    /// <summary>Completes the circle: these need the context that they are part of.</summary>
    public void Complete(UnitLoader loader, JobTable jobs)
    {
        Loader = loader;
        Jobs = jobs;
        Queues = new UnitQueues(this);
    }

    /// <summary>Plans and queues a job; null, or why not.</summary>
    public JobRefusal? AddJob(JobType type, Unit unit, JobMode mode) => Jobs.Enqueue(type, unit, mode).Refusal;

    public JobRefusal? PropagateReload(Unit unit) => Jobs.PropagateReload(unit, JobMode.Fail).Refusal;

    /// <summary>The listening descriptors of the sockets that a service is started for.</summary>
    public List<PassedDescriptor> SocketsOf(Service service)
    {
        var descriptors = new List<PassedDescriptor>();
        foreach (var edge in service.DependenciesOf(UnitDependency.TriggeredBy))
        {
            if (edge.Other is IDescriptorSource source)
            {
                descriptors.AddRange(source.DescriptorsFor(service));
            }
        }

        return descriptors;
    }
}

/// <summary>A unit that has descriptors to hand to a service.</summary>
internal interface IDescriptorSource
{
    IEnumerable<PassedDescriptor> DescriptorsFor(Service service);
}
