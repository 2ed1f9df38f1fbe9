using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Tests.Units;

/// <summary>
/// A whole engine without a machine: unit files are texts, processes and time are on paper. Each request runs until nothing is
/// left to be done; time passes only in <see cref="Advance"/>.
/// </summary>
internal sealed partial class UnitWorld : IDisposable, IEngineLog, IEngineObserver, IConditionTester, IEmergencyActions, ISpecifierHost
{
    private readonly DeferSource _drain;

    public UnitWorld(RuntimeScope scope = RuntimeScope.System)
        : this(scope, new FakeTime(), new MemoryFiles())
    {
        foreach (var target in (string[])["sysinit.target", "basic.target", "shutdown.target"])
        {
            File("/usr/lib/systemd/" + (scope == RuntimeScope.System ? "system/" : "user/") + target, "[Unit]\nDefaultDependencies=no\n");
        }

        foreach (var target in (string[])["sysinit.target", "basic.target"])
        {
            Load(target);
            Start(target);
        }

        Log.Clear();
        Added.Clear();
        Removed.Clear();
        Jobs.Begun.Clear();
        Jobs.Ended.Clear();
    }

    private UnitWorld(UnitWorld before)
        : this(before.Context.Scope, before.Time, before.Files)
    {
        FalseConditions.UnionWith(before.FalseConditions);
        Context.Timekeeping.Startup = before.Context.Timekeeping.Startup;
        foreach (var (path, time) in before.Stamps.Times)
        {
            Stamps.Times[path] = time;
        }
    }

    private UnitWorld(RuntimeScope scope, FakeTime time, MemoryFiles files)
    {
        Time = time;
        Files = files;
        Loop = new EventLoop(Time);
        Processes = new FakeProcesses(Loop);
        Executor = new FakeExecutor(Loop, Processes);
        Jobs = new WorldJobs(this);
        Context = new EngineContext
        {
            Scope = scope,
            Loop = Loop,
            Log = this,
            Observer = this,
            Executor = Executor,
            Processes = Processes,
            ProcessTable = Processes,
            Defaults = new ManagerDefaults { Scope = scope },
            Directories = DirectoryLayout.System,
            Conditions = this,
            Emergency = this,
            NotifySocketPath = "/run/systemd/notify",
            Timekeeping = new Timekeeping { Zones = Zones, Stamps = Stamps, Random = () => NextRandom, MachineId = "11111111111111111111111111111111" },
        };
        Context.Timekeeping.Startup = Time.Now(Clock.Monotonic);
        _drain = Loop.DeferLater(Drain);
        Context.Wake = _drain.Schedule;
        Context.Units.FindOwner = Processes.OwnerOf;
        Processes.Units = () => Context.Units;
        var environment = new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = "/run/user/1000", ["HOME"] = "/home/user" };
        var loader = new UnitLoader(Context, UnitSearchPath.For(scope, environment), Files, this);
        Context.Complete(loader, new JobTable(Jobs, Jobs, Jobs));
        Directory = scope == RuntimeScope.System ? "/etc/systemd/system" : "/etc/systemd/user";
    }

    public FakeTime Time { get; }

    public EventLoop Loop { get; }

    public MemoryFiles Files { get; }

    public FakeProcesses Processes { get; }

    public FakeExecutor Executor { get; }

    public WorldJobs Jobs { get; }

    public FakeZones Zones { get; } = new();

    public FakeStamps Stamps { get; } = new();

    /// <summary>What RandomizedDelaySec= gets for a random number.</summary>
    public ulong NextRandom { get; set; }

    public EngineContext Context { get; }

    /// <summary>Where units lie that are named without a directory.</summary>
    public string Directory { get; }

    /// <summary>"a.service: Failed with result 'timeout'.", all levels.</summary>
    public List<string> Log { get; } = [];

    public List<string> Added { get; } = [];

    public List<string> Removed { get; } = [];

    /// <summary>Those of which something may have changed, as often as that was told.</summary>
    public List<string> Changed { get; } = [];

    /// <summary>Is told of units, too.</summary>
    public IEngineObserver? Listener { get; set; }

    /// <summary>"PowerOff unit a.service failed" for FailureAction= and its kin.</summary>
    public List<string> Emergencies { get; } = [];

    /// <summary>The parameters of conditions that do not hold.</summary>
    public HashSet<string> FalseConditions { get; } = [];

    /// <summary>The commands that were run so far, arguments and all.</summary>
    public IEnumerable<string> Commands => Executor.Requests.Select(static request => string.Join(' ', request.Command.Argv));

    /// <summary>Writes a unit file, or any other when the name is a path.</summary>
    public void File(string name, string text) => Files.Write(Place(name), text);

    public void Link(string target, string name) => Files.Link(target, Place(name));

    public void Delete(string name) => Files.Remove(Place(name));

    /// <summary>A service with the given lines in [Service].</summary>
    public Service Service(string lines, string unitLines = "", string name = "a.service")
    {
        File(name, $"[Unit]\n{unitLines}\n[Service]\n{lines}\n");
        return (Service)Load(name);
    }

    /// <summary>A scope with the given lines in [Scope] and one process, which somebody else has started and whose exit we do not hear of.</summary>
    public (Scope Scope, FakeProcess Process) Scope(string lines, string name = "a.scope")
    {
        var scope = (Scope)Mention(name);
        scope.References = 1;
        var process = Processes.Add(scope, "/started/elsewhere", parent: 1);
        scope.Take([process], controller: "");
        scope.IsTransient = true;
        Files.Write($"/run/systemd/transient/{name}", $"[Scope]\n{lines}\n");
        Context.Loader.ReadAgain(scope);
        return (scope, process);
    }

    /// <summary>The unit, loaded and kept from being collected.</summary>
    public Unit Load(string name)
    {
        var unit = Mention(name);
        unit.References = 1;
        Settle();
        return unit;
    }

    /// <summary>The unit, loaded; it is collected as soon as the loop runs, unless something needs it.</summary>
    public Unit Mention(string name)
    {
        // The loader looks for new files once a moment.
        Time.Advance(1);
        return Context.Loader.LoadNow(name)!;
    }

    public Unit Unit(string name) => Context.Units.Find(name) ?? throw new InvalidOperationException($"{name} is not loaded");

    public JobRefusal? Start(string name, JobMode mode = JobMode.Replace) => Ask(JobType.Start, name, mode);

    public JobRefusal? Stop(string name, JobMode mode = JobMode.Replace) => Ask(JobType.Stop, name, mode);

    public JobRefusal? Restart(string name) => Ask(JobType.Restart, name, JobMode.Replace);

    public JobRefusal? Reload(string name) => Ask(JobType.Reload, name, JobMode.Replace);

    public JobRefusal? Ask(JobType type, string name, JobMode mode = JobMode.Replace)
    {
        var refusal = Context.AddJob(type, Mention(name), mode);
        Settle();
        return refusal;
    }

    public void DaemonReload()
    {
        Time.Advance(1);
        Context.Loader.Reload();
        Settle();
    }

    /// <summary>The main process of a service, which must be there.</summary>
    public FakeProcess Main(Service service) => Find(service.MainPid);

    public FakeProcess Control(Service service) => Find(service.ControlPid);

    public FakeProcess Find(int pid) => Processes.All.SingleOrDefault(process => process.Pid == pid)
        ?? throw new InvalidOperationException($"no process {pid}; there are: {string.Join(", ", Processes.All)}");

    /// <summary>A child of <paramref name="parent"/>, in the same unit.</summary>
    public FakeProcess Fork(FakeProcess parent, string command = "/child") => Processes.Add(parent.Unit, command, parent.Pid);

    public void Exit(FakeProcess process, int status = 0) => End(process, 1, status);

    public void Die(FakeProcess process, int signo) => End(process, 2, signo);

    public void End(FakeProcess process, int code, int status)
    {
        Processes.End(process, code, status);
        Settle();
    }

    /// <summary>A datagram on the notify socket, from root unless said otherwise.</summary>
    public void Notify(FakeProcess sender, params string[] lines) => Notify(sender.Unit, sender.Pid, 0, lines);

    public void Notify(Unit unit, int pid, uint uid, params string[] lines)
    {
        unit.OnNotify(new NotifyMessage(pid, uid, lines, []));
        Settle();
    }

    /// <summary>The owner of net.example.A on the bus.</summary>
    public void Own(string? owner)
    {
        Context.BusNames.TellOwner("net.example.A", owner);
        Settle();
    }

    public void Advance(double seconds) => Time.Advance((ulong)Math.Round(seconds * 1_000_000));

    public void Settle() => Time.Advance(0);

    public bool Logged(string part) => Log.Exists(line => line.Contains(part, StringComparison.Ordinal));

    public void Dispose() => Loop.Dispose();

    bool IEngineLog.IsEnabled(LogLevel level) => true;

    void IEngineLog.Write(LogLevel level, Unit? unit, string message) => Write(level, unit, message);

    public void Write(LogLevel level, Unit? unit, string message) => Log.Add(unit is null ? message : $"{unit.Id}: {message}");

    void IEngineObserver.UnitAdded(Unit unit)
    {
        Added.Add(unit.Id);
        Listener?.UnitAdded(unit);
    }

    void IEngineObserver.UnitRemoved(Unit unit)
    {
        Removed.Add(unit.Id);
        Listener?.UnitRemoved(unit);
    }

    void IEngineObserver.UnitChanged(Unit unit)
    {
        Changed.Add(unit.Id);
        Listener?.UnitChanged(unit);
    }

    void IEngineObserver.UnitStopped(Unit unit)
    {
    }

    void IEngineObserver.ConditionFailed(Unit unit, Condition? failed)
    {
    }

    bool IConditionTester.Test(Unit unit, IReadOnlyList<Condition> conditions, bool isAssert, out Condition? failed)
    {
        failed = conditions.FirstOrDefault(condition => FalseConditions.Contains(condition.Parameter));
        return failed is null;
    }

    void IEmergencyActions.Run(EmergencyAction action, string? rebootArgument, int? exitStatus, string reason, bool warn)
    {
        if (action != EmergencyAction.None)
        {
            Emergencies.Add($"{action} {exitStatus}{(exitStatus is null ? "" : " ")}{reason}");
        }
    }

    string? ISpecifierHost.Get(HostFact fact, out string? error)
    {
        error = null;
        return fact.ToString().ToLowerInvariant();
    }

    string? ISpecifierHost.RealPath(string path) => path;

    private string Place(string name) => name.StartsWith('/') ? name : $"{Directory}/{name}";

    private void Drain()
    {
        bool worked;
        do
        {
            worked = Context.Queues.Drain();
            worked |= Jobs.Drain();
        }
        while (worked);

        if (Context.Jobs.Jobs.Count == 0)
        {
            Context.Queues.Idle.StartAll();
        }
    }
}
