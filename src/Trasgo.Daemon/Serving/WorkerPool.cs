using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

/// <summary>
/// A master with workers, the pre-forking server: processes that exist before the first connection comes and accept from the same listening sockets. Each is this
/// program started once more with the same arguments, and finds itself with <see cref="Worker.Current"/>.
/// </summary>
/// <remarks>
/// <para>The master keeps the number of workers: one that ends by itself is replaced. <see cref="Reload"/> replaces all of them, each old one being told to end (SIGQUIT) only when its
/// successor is ready, so that no connection is lost: those in the kernel's queue wait for whoever accepts next, those being served are served to their end.</para>
/// <para>All methods may be called from any thread, such as the one of <see cref="DaemonSignals"/>.</para>
/// </remarks>
public sealed partial class WorkerPool : IDisposable
{
    private const int SIGQUIT = 3;

    private readonly object _gate = new();
    private readonly IReadOnlyList<Socket> _listeners;
    private readonly int _count;
    private readonly WorkerPoolOptions _options;
    private readonly ChildSet _children;
    private readonly Dictionary<int, PooledWorker> _workers = [];   // by PID
    private readonly Timer _timer;
    private readonly List<(long At, int Index)> _restarts = [];
    private bool _isStopping;

    /// <summary>Makes a pool without workers in it; <see cref="Start"/> starts them.</summary>
    /// <param name="listeners">The listening sockets, at least one. They stay the master's, and open for as long as there are workers to start.</param>
    /// <param name="workers">How many, from 1 on.</param>
    /// <param name="options">How to treat them; null for the defaults.</param>
    public WorkerPool(IReadOnlyList<Socket> listeners, int workers, WorkerPoolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(listeners);
        ArgumentOutOfRangeException.ThrowIfZero(listeners.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        _listeners = listeners;
        _count = workers;
        _options = options ?? new WorkerPoolOptions();
        _children = new ChildSet(OnExit, OnReady);
        _timer = new Timer(static pool => ((WorkerPool)pool!).OnTime(), this, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>The PIDs of the workers, in no order: for a moment of a reload more than there will be.</summary>
    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (_gate)
            {
                return [.. _workers.Keys];
            }
        }
    }

    /// <summary>Starts the workers.</summary>
    /// <exception cref="DaemonException">One cannot be started. Those that were stay; <see cref="Stop"/> ends them.</exception>
    public void Start()
    {
        lock (_gate)
        {
            for (int index = 0; index < _count; index++)
            {
                StartWorker(index, replaces: null);
            }
        }
    }

    /// <summary>
    /// Replaces all workers by new ones, which read their configuration as new processes do. An old worker is sent SIGQUIT when its successor has called
    /// <see cref="Worker.Ready"/>. A successor that ends before that leaves the old one in its place. Returns at once.
    /// </summary>
    public void Reload()
    {
        lock (_gate)
        {
            // One that is still to be stopped for another successor keeps its place: its successor is what is replaced.
            var replaced = _workers.Values.Select(worker => worker.Replaces).ToHashSet();
            foreach (var worker in _workers.Values.Where(worker => !worker.IsLeaving && !replaced.Contains(worker)).ToArray())
            {
                TryStartWorker(worker.Index, worker);
            }
        }
    }

    /// <summary>
    /// Sends a signal to all workers, such as <see cref="DaemonSignals.Sigusr1"/> for their logs. One that is not ready yet gets it once it has called <see cref="Worker.Ready"/>: without a
    /// handler it would die of it.
    /// </summary>
    /// <param name="signal">One of <see cref="PosixSignal"/>, or a signal's number.</param>
    public void Signal(PosixSignal signal)
    {
        int number = SignalNumber.Of(signal);
        lock (_gate)
        {
            foreach (var worker in _workers.Values)
            {
                if (worker.IsReady)
                {
                    _children.Signal(worker.ProcessId, number);
                }
                else
                {
                    worker.PendingSignals.Add(number);
                }
            }
        }
    }

    /// <summary>Tells all workers to end, waits until they have, and kills those that take longer than <see cref="WorkerPoolOptions.StopTimeout"/>. A second call waits as well.</summary>
    /// <param name="signal">How they are told: SIGQUIT to finish what they do, the default; SIGTERM to be quick.</param>
    public void Stop(PosixSignal signal = PosixSignal.SIGQUIT)
    {
        int number = SignalNumber.Of(signal);
        lock (_gate)
        {
            _isStopping = true;
            _restarts.Clear();
            foreach (var worker in _workers.Values)
            {
                Dismiss(worker, number);
            }

            while (_workers.Count > 0)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Ends the pool: sends SIGTERM to workers that are left and waits for them as <see cref="Stop"/> does.</summary>
    public void Dispose()
    {
        Stop(PosixSignal.SIGTERM);
        _timer.Dispose();
        _children.Dispose();
    }
}
