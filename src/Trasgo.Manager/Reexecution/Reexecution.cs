using Trasgo.Engine.State;
using Trasgo.Linux;

using Refusal = Trasgo.Engine.Units.BusFailure;

namespace Trasgo.Manager;

/// <summary>
/// The manager executes its binary anew, in the same process: all its children stay its children, and nobody notices. What is at the path
/// of the binary is what runs then, which is how an upgrade takes effect.
/// </summary>
/// <remarks>
/// <para>Its steps, between which the loop goes on: the binary is tried out as a child; the generators are run, so that the new manager need not
/// wait for them; no job is begun any more, until the kernel has answered about every process that is being started. Then, in one go: the state is
/// saved, and the process becomes the new manager.</para>
/// <para>Saving changes nothing. Whatever goes wrong on the way, and execve(2) itself, leaves the manager as it was, and whoever asked is told.</para>
/// </remarks>
internal sealed class Reexecution : IDisposable
{
    public const string Argument = "--deserialize=";

    /// <summary>A process that is executed from a file system that does not answer may be under way for ever.</summary>
    private const ulong PatienceUsec = 30_000_000;

    /// <summary>So many rounds the loop may have to do with what it was doing, under a load that never ends.</summary>
    private const int RoundsMax = 16;

    private readonly EventLoop _loop;
    private readonly UnitExecutor _executor;
    private readonly IReexecutable _manager;
    private readonly BinaryProbe _probe;
    private readonly List<string> _paths = ReExecution.OwnPaths();
    private readonly List<Action<Refusal?>> _told = [];
    private readonly DeferSource _attempt;
    private readonly TimerSource _patience;
    private string _path = "";
    private int _rounds;
    private bool _isHolding;

    public Reexecution(EventLoop loop, Spawner spawner, UnitExecutor executor, IReexecutable manager)
    {
        _loop = loop;
        _manager = manager;
        _executor = executor;
        _probe = new BinaryProbe(loop, spawner);
        _attempt = loop.DeferLater(Attempt, EventPriority.Idle);
        _patience = loop.At(Clock.Monotonic, TimerSource.Never, () => Fail("A process is being started, and the kernel does not answer about it."));
        _executor.BecameIdle = OnNothingPending;
    }

    public bool IsUnderWay { get; private set; }

    /// <summary><paramref name="failed"/> is told if nothing comes of it; otherwise there is nobody left who could tell.</summary>
    public void Request(Action<Refusal?> failed)
    {
        _told.Add(failed);
        if (IsUnderWay)
        {
            return;
        }

        IsUnderWay = true;
        _manager.OnReexecutionBegun();
        Probe(0, "No such file or directory");
    }

    public bool OnChildExited(ChildExit exit) => _probe.OnChildExited(exit);

    public void Dispose()
    {
        _probe.Dispose();
        _attempt.Dispose();
        _patience.Dispose();
    }

    private void Probe(int index, string failure)
    {
        if (index == _paths.Count)
        {
            Fail($"The manager's binary cannot be executed: {failure}.");
            return;
        }

        _probe.Run(_paths[index], _loop.Now(Clock.Monotonic), problem =>
        {
            if (problem is null)
            {
                _path = _paths[index];
                _manager.Generate(Hold);
            }
            else
            {
                Probe(index + 1, $"{_paths[index]}: {problem}");
            }
        });
    }

    private void Hold()
    {
        _isHolding = true;
        _rounds = 0;
        _manager.HoldJobs(true);
        _patience.Rearm(_loop.Now(Clock.Monotonic) + PatienceUsec);
        _attempt.Schedule();
    }

    private void OnNothingPending()
    {
        if (_isHolding)
        {
            _attempt.Schedule();
        }
    }

    /// <summary>What handlers have put off for later in this round or for the next one would be lost, so it comes first.</summary>
    private void Attempt()
    {
        if (!_isHolding || _executor.Pending > 0)
        {
            return;
        }

        if (_loop.HasPending && _rounds++ < RoundsMax)
        {
            _attempt.Schedule();
            return;
        }

        Fail(Execute());
    }

    /// <summary>Returns only if it did not succeed.</summary>
    private string Execute()
    {
        var handed = new HandedDescriptors();
        var bytes = StateText.Write(_manager.Save(handed));
        var file = MemoryFile.Create("systemd-state", bytes);
        if (!file.Ok)
        {
            return $"Failed to make a place for the state: {ErrnoNames.Message(file.Error)}.";
        }

        using var state = file.Value;
        handed.Add(state);
        var arguments = new List<string>(ReExecution.OwnArguments);
        arguments.RemoveAll(static argument => argument.StartsWith(Argument, StringComparison.Ordinal));
        arguments.Add($"{Argument}{state.Raw}");
        handed.SetInherited(true);
        var error = ReExecution.Replace(_path, arguments);
        handed.SetInherited(false);
        return $"Failed to execute {_path}: {ErrnoNames.Message(error)}.";
    }

    private void Fail(string message)
    {
        IsUnderWay = _isHolding = false;
        _patience.Disarm();
        _manager.HoldJobs(false);
        _manager.OnReexecutionFailed(message);
        var told = _told.ToArray();
        _told.Clear();
        foreach (var failed in told)
        {
            failed(new Refusal("org.freedesktop.DBus.Error.Failed", message));
        }
    }
}
