using Trasgo.Engine.State;
using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>
/// WatchdogSec=: the service must send WATCHDOG=1 within the interval. The clock runs from the moment the service is ready;
/// WATCHDOG_USEC= replaces the interval for the rest of the run.
/// </summary>
internal sealed class ServiceWatchdog(Service service)
{
    private TimerSource? _timer;
    private ulong? _override;
    private ulong _configured = TimeSpans.Infinity;
    private ulong _deadline;

    public DualTimestamp Timestamp { get; private set; }

    /// <summary>The interval in force, in µs; 0 or <see cref="ulong.MaxValue"/> when there is none. A start fixes it for the run.</summary>
    public ulong IntervalUsec => _override ?? _configured;

    /// <summary>A new run begins.</summary>
    public void Reset()
    {
        Stop();
        _override = null;
        _configured = service.Settings.Watchdog;
    }

    public void Restart()
    {
        Timestamp = DualTimestamp.Now(service.Context.Loop);
        if (IntervalUsec is 0 or ulong.MaxValue)
        {
            Stop();
            return;
        }

        Arm(TimerSource.Later(Timestamp.Monotonic, IntervalUsec));
    }

    public void Override(ulong usec)
    {
        _override = usec;
        Restart();
    }

    public void Extend(ulong deadline)
    {
        if (_timer is not null && deadline > _deadline)
        {
            Arm(deadline);
        }
    }

    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
        _deadline = 0;
        Timestamp = default;
    }

    public void Save(StateRecord record)
    {
        if (_override is { } interval)
        {
            record.Add("watchdog-override", StateRecord.Text(interval));
        }

        record.Put("watchdog-interval", _configured, TimeSpans.Infinity);
        record.Put("watchdog-ping", Timestamp);
        if (_timer is { IsArmed: true })
        {
            record.Put("watchdog-deadline", _deadline);
        }
    }

    public void Restore(StateRecord record)
    {
        _override = record.Has("watchdog-override") ? record.Number("watchdog-override") : null;
        _configured = record.Number("watchdog-interval", TimeSpans.Infinity);
        Timestamp = record.Time("watchdog-ping");
        _deadline = record.Number("watchdog-deadline");
    }

    /// <summary>The time that the change of the manager took counts like any other.</summary>
    public void Coldplug()
    {
        if (_deadline != 0)
        {
            Arm(_deadline);
        }
    }

    private void Arm(ulong deadline)
    {
        _deadline = deadline;
        if (_timer is null)
        {
            // At the lowest priority: any sign of life that is still unread comes first.
            _timer = service.Context.Loop.At(Clock.Monotonic, deadline, OnTimeout, EventPriority.Idle);
        }
        else
        {
            _timer.Rearm(deadline);
        }
    }

    private void OnTimeout()
    {
        var limit = TimeSpans.Format(IntervalUsec, 1);
        if (service.Context.ServiceWatchdogs)
        {
            service.Log(LogLevel.Error, $"Watchdog timeout (limit {limit})!");
            service.AbortByWatchdog();
        }
        else
        {
            service.Log(LogLevel.Warning, $"Watchdog disabled! Ignoring watchdog timeout (limit {limit})!");
        }
    }
}
