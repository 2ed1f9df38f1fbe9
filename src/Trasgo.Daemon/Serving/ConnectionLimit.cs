namespace Trasgo.Daemon;

/// <summary>Counts what is being served, and waits for room and for the end.</summary>
internal sealed class ConnectionLimit
{
    private readonly object _gate = new();
    private readonly int _most;
    private int _entered;
    private int _served;

    public ConnectionLimit(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        _most = most;
    }

    /// <summary>Waits for room and takes it; false if the server is to stop. The room stays taken until <see cref="Leave"/>.</summary>
    public bool Enter(CancellationToken stop)
    {
        using var registration = stop.Register(Wake);
        lock (_gate)
        {
            while (_entered - _served >= _most && !stop.IsCancellationRequested)
            {
                Monitor.Wait(_gate);
            }

            _entered++;
            return !stop.IsCancellationRequested;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _served++;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for all but the room that was entered for a connection that never came.</summary>
    public bool WaitUntilEmpty(TimeSpan timeout)
    {
        long end = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        lock (_gate)
        {
            while (_entered - _served > 1)
            {
                long left = end == long.MaxValue ? int.MaxValue : end - Environment.TickCount64;
                if (left <= 0)
                {
                    return false;
                }

                Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue));
            }
        }

        return true;
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }
}
