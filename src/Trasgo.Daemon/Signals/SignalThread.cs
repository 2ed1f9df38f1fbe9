namespace Trasgo.Daemon;

/// <summary>Runs handlers one after another. One that is waiting to run is not queued again.</summary>
internal sealed class SignalThread : IDisposable
{
    private readonly object _gate = new();
    private readonly List<Action> _handlers = [];
    private readonly List<int> _pending = [];
    private Thread? _thread;
    private bool _isDisposed;

    /// <summary>The number to post the handler by. The thread is made for the first one.</summary>
    public int Add(Action handler)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(DaemonSignals));
            _handlers.Add(handler);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "signals" };
                _thread.Start();
            }

            return _handlers.Count - 1;
        }
    }

    public void Post(int slot)
    {
        lock (_gate)
        {
            if (!_pending.Contains(slot))
            {
                _pending.Add(slot);
                Monitor.Pulse(_gate);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (Next() is { } handler)
        {
            handler();
        }
    }

    private Action? Next()
    {
        lock (_gate)
        {
            while (_pending.Count == 0 && !_isDisposed)
            {
                Monitor.Wait(_gate);
            }

            if (_isDisposed)
            {
                return null;
            }

            int slot = _pending[0];
            _pending.RemoveAt(0);
            return _handlers[slot];
        }
    }
}
