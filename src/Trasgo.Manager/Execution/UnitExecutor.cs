using Trasgo.Engine.Units;
using Trasgo.Exec;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager;

/// <summary>
/// Runs the commands of units: makes their place among the processes, adds what only the manager knows, and hands them to the
/// compiler of spawn programs.
/// </summary>
internal sealed class UnitExecutor(
    Func<EngineContext> engine, CommandStarter starter, EnvironmentBlock environment, Descriptor? logOutput, GroupTracker? groupTracker,
    ScanTracker? scanTracker) : IExecutor
{
    public UnitProcess Start(ExecRequest request, Action<UnitProcess> started)
    {
        var process = new UnitProcess();
        var context = engine();
        if (context.Processes.Realize(request.Unit) is { } failure)
        {
            process.OnNeverRan(Errno.EIO, failure);
        }
        else if (starter.Start(ParametersOf(request), result => OnResult(request.Unit, process, result, started)) is { } refused)
        {
            process.OnNeverRan(refused.Spawn.Error, refused.Message);
        }

        return process;
    }

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
            process.OnStarted(result.Pid, new ProcessHandle(result.Pid, result.Spawn.PidFd), (int)result.Spawn.FailedStep, result.Spawn.Error, result.Message);
        }

        started(process);
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
            Descriptors = [.. request.Descriptors.Select(static passed => new NamedDescriptor(passed.Descriptor, passed.Name))],
            StandardInput = request.Streams?.Input,
            StandardOutput = request.Streams?.Output,
            StandardError = request.Streams?.Error,
            ControlGroup = group.Length > 0 ? group : null,
            ControllerGroups = groupTracker?.ControllerGroups(request.Unit) ?? [],
            DelegateControlGroup = request.Unit.Resources is { Delegate: true },
            LogOutput = logOutput,
            ApplySandboxing = request.ApplyCredentials,
            ApplyRoot = request.ApplyRoot,
            ApplyTerminal = request.Role.HasFlag(ExecRole.Terminal),
        };
    }
}
