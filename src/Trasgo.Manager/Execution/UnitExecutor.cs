using Trasgo.Engine.Units;
using Trasgo.Exec;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// Runs the commands of units: makes their place among the processes, adds what only the manager knows, and hands them to the
/// compiler of spawn programs.
/// </summary>
internal sealed class UnitExecutor(
    Func<EngineContext> engine, CommandStarter starter, EnvironmentBlock environment, Descriptor? logOutput, GroupTracker? groupTracker,
    ScanTracker? scanTracker, UnitRunFiles? runFiles) : IExecutor
{
    /// <summary>Processes that were asked for, and of which it is not known yet what became of them.</summary>
    public int Pending { get; private set; }

    /// <summary>Told when there are none any more.</summary>
    public Action BecameIdle { get; set; } = static () => { };

    public UnitProcess Start(ExecRequest request, Action<UnitProcess> started)
    {
        var process = new UnitProcess();
        var context = engine();
        runFiles?.Export(request.Unit);
        if (context.Processes.Realize(request.Unit) is { } failure)
        {
            process.OnNeverRan(Errno.EIO, failure);
        }
        else if (starter.Start(
            ParametersOf(request),
            result => OnResult(request.Unit, process, result, started),
            result => OnExecuted(process, result),
            request.AwaitsExecution ? null : result => OnFailedLater(request, result)) is { } refused)
        {
            process.OnNeverRan(refused.Spawn.Error, refused.Message);
        }
        else
        {
            Pending++;
        }

        return process;
    }

    public UnitProcess ChangeOwner(Unit unit, OwnerChange change, Action<UnitProcess> started) =>
        Help(unit, OwnershipHelper.Path, [.. OwnershipHelper.Command, change.User ?? "", change.Group ?? "", .. change.Paths], started);

    public UnitProcess RemoveTrees(Unit unit, IReadOnlyList<string> paths, Action<UnitProcess> started) =>
        Help(unit, RemovalHelper.Path, [.. RemovalHelper.Command, .. paths], started);

    /// <summary>With nothing of the unit's own settings: the process is the manager's, and only runs among those of the unit.</summary>
    private UnitProcess Help(Unit unit, string path, string[] arguments, Action<UnitProcess> started) => Start(
        new ExecRequest
        {
            Unit = unit,
            Command = new ExecCommand(path, arguments, ExecCommandFlags.NoEnvExpand),
            Exec = new ExecConfig(unit.Context.Defaults),
            Role = ExecRole.Control,
            Environment = [],
        },
        started);

    public void ReleaseRuntime(Unit unit, ExecConfig exec) => starter.RemoveRuntimeDirectories(exec);

    public void RevertTerminal(ExecConfig exec) => CommandStarter.RevertTerminal(exec, logOutput);

    private void OnResult(Unit unit, UnitProcess process, ExecResult result, Action<UnitProcess> started)
    {
        if (result.Spawn.FailedStep == SpawnStep.Fork)
        {
            process.OnNeverRan(result.Spawn.Error, result.Message);
        }
        else
        {
            unit.Context.Units.WatchOwn(result.Pid, unit);
            scanTracker?.Adopt(unit, result.Pid);
            process.OnStarted(
                result.Pid,
                new ProcessHandle(result.Pid, result.Spawn.PidFd),
                (int)result.Spawn.FailedStep,
                result.Spawn.Error,
                result.Message,
                result.IsPreparing);
        }

        started(process);
        if (!result.IsPreparing)
        {
            OnAnswered();
        }
    }

    private void OnExecuted(UnitProcess process, ExecResult result)
    {
        process.OnExecuted((int)result.Spawn.FailedStep, result.Spawn.Error, result.Message);
        OnAnswered();
    }

    private void OnAnswered()
    {
        if (--Pending == 0)
        {
            BecameIdle();
        }
    }

    /// <summary>A step on the way to the program has failed, and nobody waits for that: it is told, and the exit that follows says the rest.</summary>
    private static void OnFailedLater(ExecRequest request, ExecResult result)
    {
        if (result.Message is { } text)
        {
            request.Unit.Log(request.Command.IgnoreFailure ? LogLevel.Info : LogLevel.Error, text);
        }
    }

    private ExecParameters ParametersOf(ExecRequest request)
    {
        var group = request.Unit.Context.Processes.ControlGroupOf(request.Unit);
        return new ExecParameters
        {
            UnitId = request.Unit.Id,
            Config = request.Exec,
            Command = request.Command,
            InvocationId = request.Unit.InvocationId,
            ManagerEnvironment = environment.Assignments,
            UnitEnvironment = request.Environment,
            WatchdogUsec = request.WatchdogUsec,
            Descriptors = DescriptorsOf(request),
            StandardInput = request.Streams?.Input,
            StandardOutput = request.Streams?.Output,
            StandardError = request.Streams?.Error,
            Socket = request.StreamSocket.Only,
            SocketIsAmbiguous = request.StreamSocket.IsAmbiguous,
            ControlGroup = group.Length > 0 ? group : null,
            ControllerGroups = groupTracker?.ControllerGroups(request.Unit) ?? [],
            DelegateControlGroup = request.Unit.Resources is { Delegate: true },
            LogOutput = logOutput,
            ApplySandboxing = request.ApplyCredentials,
            ApplyRoot = request.ApplyRoot,
            ApplyTerminal = request.Role.HasFlag(ExecRole.Terminal),
        };
    }

    private static NamedDescriptor[] DescriptorsOf(ExecRequest request) => request.Descriptors.Count == 0
        ? []
        : [.. request.Descriptors.Select(static passed => new NamedDescriptor(passed.Descriptor, passed.Name))];
}
