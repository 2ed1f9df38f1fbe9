using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Tests.Units;

/// <summary>
/// Starts commands on paper. What becomes of a command is in its path: /exit/3 exits with 3 at once, /signal/9 and /dump/6 die of a
/// signal, /step/203 fails before the program is reached, /nofork never becomes a process, /prepare has a session to open first, /refused is not even tried; every other path stays until it is ended.
/// </summary>
internal sealed class FakeExecutor : IExecutor
{
    private readonly FakeProcesses _processes;
    private readonly Queue<(UnitProcess Process, ExecRequest Request, Action<UnitProcess> Started)> _asked = [];
    private readonly DeferSource _answer;

    public FakeExecutor(EventLoop loop, FakeProcesses processes)
    {
        _processes = processes;
        _answer = loop.DeferLater(Answer, EventPriority.Spawned);
    }

    /// <summary>The kernel takes its time: nothing is answered until this is false again.</summary>
    public bool IsHeld
    {
        get;
        set
        {
            field = value;
            _answer.Schedule();
        }
    }

    /// <summary>As what the removal of directories is run.</summary>
    public string RemovalPath { get; set; } = "/rm";

    /// <summary>What becomes of a change of owner, as of any command.</summary>
    public string OwnerChangePath { get; set; } = "/exit/0";

    /// <summary>Every command that was asked for, in order.</summary>
    public List<ExecRequest> Requests { get; } = [];

    /// <summary>Those that have not reached their program.</summary>
    public Queue<UnitProcess> Preparing { get; } = [];

    public List<string> ReleasedRuntime { get; } = [];

    public List<string> RevertedTerminals { get; } = [];

    public UnitProcess Start(ExecRequest request, Action<UnitProcess> started)
    {
        var process = new UnitProcess();
        Requests.Add(request);
        if (request.Command.Path.StartsWith("/refused", StringComparison.Ordinal))
        {
            process.OnNeverRan(Errno.ENOENT, "Failed to load environment files: No such file or directory");
            return process;
        }

        _asked.Enqueue((process, request, started));
        _answer.Schedule();
        return process;
    }

    public UnitProcess ChangeOwner(Unit unit, OwnerChange change, Action<UnitProcess> started) => Start(
        new ExecRequest
        {
            Unit = unit,
            Command = new ExecCommand(OwnerChangePath, ["chown", change.User ?? "", change.Group ?? "", .. change.Paths], ExecCommandFlags.NoEnvExpand),
            Exec = unit.Exec!,
            Role = ExecRole.Control,
            Environment = [],
        },
        started);

    public UnitProcess RemoveTrees(Unit unit, IReadOnlyList<string> paths, Action<UnitProcess> started) => Start(
        new ExecRequest
        {
            Unit = unit,
            Command = new ExecCommand(RemovalPath, ["rm", .. paths], ExecCommandFlags.NoEnvExpand),
            Exec = unit.Exec!,
            Role = ExecRole.Control,
            Environment = [],
        },
        started);

    public void ReleaseRuntime(Unit unit, ExecConfig exec) => ReleasedRuntime.Add(unit.Id);

    public void RevertTerminal(ExecConfig exec) => RevertedTerminals.Add(exec.TtyPath ?? "/dev/console");

    private void Answer()
    {
        while (!IsHeld && _asked.TryDequeue(out var asked))
        {
            var words = asked.Request.Command.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var number = words.Length > 1 && int.TryParse(words[1], out var parsed) ? parsed : 0;
            if (words[0] == "nofork")
            {
                asked.Process.OnNeverRan(Errno.EAGAIN, errorText: null);
                asked.Started(asked.Process);
                continue;
            }

            var child = _processes.Add(asked.Request.Unit, string.Join(' ', asked.Request.Command.Argv), Environment.ProcessId, asked.Request);
            asked.Request.Unit.Context.Units.WatchOwn(child.Pid, asked.Request.Unit);
            var failed = words[0] == "step" ? number : 0;
            asked.Process.OnStarted(child.Pid, child, failed, failed == 0 ? Errno.None : Errno.ENOENT, failed == 0 ? null : $"Failed at step {failed}", words[0] == "prepare");
            if (asked.Process.IsPreparing)
            {
                Preparing.Enqueue(asked.Process);
            }

            asked.Started(asked.Process);
            if (words[0] is "exit" or "step")
            {
                _processes.End(child, 1, number);
            }
            else if (words[0] is "signal" or "dump")
            {
                _processes.End(child, words[0] == "signal" ? 2 : 3, number);
            }
        }
    }
}
