using System.Globalization;

namespace Trasgo.Daemon;

public sealed partial class WorkerPool
{
    private void TryStartWorker(int index, PooledWorker? replaces)
    {
        try
        {
            StartWorker(index, replaces);
        }
        catch (DaemonException e)
        {
            _options.OnError?.Invoke(e);
            if (replaces is null)
            {
                RestartLater(index);
            }
        }
    }

    private void StartWorker(int index, PooledWorker? replaces)
    {
        var program = new ReExecution();
        for (int i = 0; i < _listeners.Count; i++)
        {
            program.Pass((int)_listeners[i].Handle, Worker.FirstListener + i);
        }

        int processId = _children.Start(
            program, Worker.Variable, string.Create(CultureInfo.InvariantCulture, $"{index}:{_listeners.Count}"), Worker.ChannelNumber);
        _workers.Add(processId, new PooledWorker(processId, index, replaces));
    }

    private void OnReady(int processId)
    {
        lock (_gate)
        {
            if (!_workers.TryGetValue(processId, out var worker))
            {
                return;
            }

            worker.IsReady = true;
            foreach (int signal in worker.PendingSignals)
            {
                _children.Signal(processId, signal);
            }

            worker.PendingSignals.Clear();
            if (worker.Replaces is { } old)
            {
                worker.Replaces = null;
                Dismiss(old, SIGQUIT);
            }
        }
    }

    /// <summary>A worker that has been told to end, or whose successor is on its way, leaves no gap; any other end does.</summary>
    private void OnExit(int processId, int status)
    {
        lock (_gate)
        {
            _workers.Remove(processId, out var worker);
            Monitor.PulseAll(_gate);
            if (worker is null || worker.IsLeaving || _isStopping)
            {
                return;
            }

            _options.OnError?.Invoke(new DaemonException(string.Create(
                CultureInfo.InvariantCulture, $"worker {worker.Index} (process {processId}) ended with status {status}{(worker.IsReady ? "" : " before it was ready")}")));
            if (worker.Replaces is not null && _workers.ContainsKey(worker.Replaces.ProcessId))
            {
                return;
            }

            if (_workers.Values.FirstOrDefault(other => other.Replaces == worker) is { } successor)
            {
                successor.Replaces = null;
            }
            else if (worker.IsReady)
            {
                TryStartWorker(worker.Index, replaces: null);
            }
            else
            {
                RestartLater(worker.Index);
            }
        }
    }

    private void Dismiss(PooledWorker worker, int signal)
    {
        worker.IsLeaving = true;
        if (_options.StopTimeout != Timeout.InfiniteTimeSpan)
        {
            worker.KillAt = Math.Min(worker.KillAt, Environment.TickCount64 + (long)_options.StopTimeout.TotalMilliseconds);
        }

        _children.Signal(worker.ProcessId, signal);
        SetTimer();
    }

    private void RestartLater(int index)
    {
        _restarts.Add((Environment.TickCount64 + (long)_options.RestartDelay.TotalMilliseconds, index));
        SetTimer();
    }

    private void OnTime()
    {
        const int Sigkill = ChildSet.SIGKILL;
        lock (_gate)
        {
            if (_isStopping && _workers.Count == 0)
            {
                return;
            }

            long now = Environment.TickCount64;
            foreach (var worker in _workers.Values.Where(worker => worker.KillAt <= now).ToArray())
            {
                worker.KillAt = long.MaxValue;
                _children.Signal(worker.ProcessId, Sigkill);
            }

            foreach (var due in _restarts.FindAll(restart => restart.At <= now))
            {
                _restarts.Remove(due);
                TryStartWorker(due.Index, replaces: null);
            }

            SetTimer();
        }
    }

    /// <summary>For the next worker to kill or to start again.</summary>
    private void SetTimer()
    {
        long next = _workers.Values.Select(worker => worker.KillAt).Concat(_restarts.Select(restart => restart.At)).DefaultIfEmpty(long.MaxValue).Min();
        _timer.Change(next == long.MaxValue ? Timeout.Infinite : (int)Math.Clamp(next - Environment.TickCount64, 0, int.MaxValue), Timeout.Infinite);
    }
}
