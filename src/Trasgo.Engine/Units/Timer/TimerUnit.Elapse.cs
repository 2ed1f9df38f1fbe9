using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>When it elapses next.</summary>
internal sealed partial class TimerUnit
{
    /// <summary>AccuracySec=0 means the default of the event loop, which is not exact either: 1us is the least that can be asked for.</summary>
    private const ulong DefaultAccuracy = 250 * TimeSpans.Millisecond;

    private TimerSource? _realtime;
    private TimerSource? _monotonic;
    private ulong _nextMonotonic = TimerSource.Never;

    /// <summary>By the wall clock; 0 while it waits for nothing of that kind.</summary>
    public ulong NextElapseRealtime { get; private set; } = TimerSource.Never;

    /// <summary>By the monotonic clock, also where the timer counts on the one that goes on while the system sleeps.</summary>
    public ulong NextElapseMonotonic => Shift(_nextMonotonic, MonotonicClock, Clock.Monotonic);

    private Clock MonotonicClock => Settings.WakeSystem ? Clock.BoottimeAlarm : Clock.Monotonic;

    private Clock RealtimeClock => Settings.WakeSystem ? Clock.RealtimeAlarm : Clock.Realtime;

    /// <param name="clockWasSet">No time is over yet because of that.</param>
    private void EnterWaiting(bool clockWasSet = false)
    {
        if (Triggered is not { } triggered)
        {
            LoseTriggered();
            return;
        }

        ulong? realtime = null, monotonic = null;
        var mayComeAgain = false;
        foreach (var value in Settings.Values)
        {
            if (value.IsSpent)
            {
                continue;
            }

            mayComeAgain |= value.Base is TimerBase.OnUnitActiveSec or TimerBase.OnUnitInactiveSec;
            if (value.Calendar is { } calendar)
            {
                realtime = FindNext(value, calendar) ? Earlier(realtime, value.NextElapse) : realtime;
            }
            else if (CountFromBase(value, triggered, clockWasSet))
            {
                monotonic = Earlier(monotonic, value.NextElapse);
            }
        }

        (NextElapseRealtime, _nextMonotonic) = (0, 0);
        if (realtime is null && monotonic is null && !Settings.OnClockChange && !Settings.OnTimezoneChange)
        {
            EnterElapsed(mayComeAgain);
            return;
        }

        var error = Arm(ref _monotonic, MonotonicClock, WithRandomDelay(monotonic), out _nextMonotonic);
        if (error == Errno.None)
        {
            error = Arm(ref _realtime, RealtimeClock, WithRandomDelay(realtime), out var next);
            NextElapseRealtime = next;
        }

        if (error != Errno.None)
        {
            Log(LogLevel.Warning, $"Failed to enter waiting state: {ErrnoNames.Message(error)}");
            EnterDead(TimerResult.Resources);
            return;
        }

        SetState(TimerState.Waiting);
    }

    private static ulong Earlier(ulong? known, ulong next) => Math.Min(known ?? ulong.MaxValue, next);

    /// <summary>After the last elapse, so that one that was missed is made up for; else after the timer was started.</summary>
    private bool FindNext(TimerValue value, CalendarSpec calendar)
    {
        var after = LastTrigger.IsSet ? LastTrigger.Realtime
            : InactiveExitTimestamp.IsSet ? InactiveExitTimestamp.Realtime
            : Context.Loop.Now(Clock.Realtime);
        if (CalendarSearch.Next(calendar, Time.Zones, after, out var next) != CalendarOutcome.Found)
        {
            return false;
        }

        // What was missed while the system was off counts as due when the manager came up, so that RandomizedDelaySec= works for it. By the
        // monotonic clock: the other may have been wrong then.
        value.NextElapse = Math.Max(next, Shift(Time.Startup, Clock.Monotonic, Clock.Realtime));
        return true;
    }

    /// <summary>False where there is nothing yet to count from, or where the time comes once and has come.</summary>
    private bool CountFromBase(TimerValue value, Unit triggered, bool clockWasSet)
    {
        ulong from;
        switch (value.Base)
        {
            case TimerBase.OnActiveSec:
                from = State.ActiveState() == Jobs.UnitActiveState.Active ? InactiveExitTimestamp.Monotonic : Context.Loop.Now(Clock.Monotonic);
                break;
            case TimerBase.OnBootSec:
                from = Time.IsContainer ? Time.Startup : 0;
                break;
            case TimerBase.OnStartupSec:
                from = Time.Startup;
                break;
            default:
                var moment = value.Base == TimerBase.OnUnitActiveSec ? triggered.InactiveExitTimestamp : triggered.InactiveEnterTimestamp;
                from = Math.Max(moment.Monotonic, LastTrigger.Monotonic);
                if (from == 0)
                {
                    return false;
                }

                break;
        }

        value.NextElapse = TimerSource.Later(Shift(from, Clock.Monotonic, MonotonicClock), value.Usec);
        var comesOnce = value.Base is TimerBase.OnActiveSec or TimerBase.OnBootSec or TimerBase.OnStartupSec;
        value.IsSpent = comesOnce && LastTrigger.IsSet && !clockWasSet
            && (value.NextElapse < Context.Loop.Now(MonotonicClock) || value.NextElapse <= Shift(LastTrigger.Monotonic, Clock.Monotonic, MonotonicClock));
        return !value.IsSpent;
    }

    private ulong? WithRandomDelay(ulong? next)
    {
        if (next is not { } time || time == TimerSource.Never || Settings.RandomizedDelay == 0)
        {
            return next;
        }

        var number = Settings.FixedRandomDelay
            ? FixedDelay.Of(Time.MachineId, Context.Scope == RuntimeScope.System, ProcessControl.Uid, Id)
            : Time.Random();
        var delay = number % Settings.RandomizedDelay;
        Log(LogLevel.Debug, $"Adding {TimeSpans.Format(delay)} random time.");
        return Math.Min(TimerSource.Later(time, delay), TimerSource.Never - 1);
    }

    /// <param name="shown">The time, or 0 without one.</param>
    private Errno Arm(ref TimerSource? source, Clock clock, ulong? time, out ulong shown)
    {
        shown = time ?? 0;
        if (time is not { } deadline)
        {
            source?.Disarm();
            return Errno.None;
        }

        if (source is not null && source.Clock != clock)
        {
            source.Dispose();
            source = null;
        }

        if (source is null && Context.Loop.CheckClock(clock) is var error and not Errno.None)
        {
            return error;
        }

        if (Context.Log.IsEnabled(LogLevel.Debug))
        {
            Log(LogLevel.Debug, clock is Clock.Realtime or Clock.RealtimeAlarm
                ? $"Realtime timer elapses at {Moment(deadline)}."
                : $"Monotonic timer elapses in {TimeSpans.Format(deadline - Math.Min(deadline, Context.Loop.Now(clock)))}.");
        }

        source ??= Context.Loop.At(clock, TimerSource.Never, OnElapsed);
        source.Rearm(deadline, Settings.Accuracy == 0 ? DefaultAccuracy : Settings.Accuracy);
        return Errno.None;
    }

    private void Disarm()
    {
        _realtime?.Dispose();
        _monotonic?.Dispose();
        (_realtime, _monotonic) = (null, null);
        (NextElapseRealtime, _nextMonotonic) = (TimerSource.Never, TimerSource.Never);
    }

    /// <summary>A moment of one clock, on another.</summary>
    private ulong Shift(ulong time, Clock from, Clock to)
    {
        if (time == TimerSource.Never || from == to)
        {
            return time;
        }

        var (here, there) = (Context.Loop.Now(from), Context.Loop.Now(to));
        return time > here ? TimerSource.Later(there, time - here) : there - Math.Min(there, here - time);
    }

    /// <summary>For the log: as systemd.time(7) writes a time.</summary>
    private string Moment(ulong usec)
    {
        var seconds = (long)Math.Min(usec / TimeSpans.Second, 253_402_214_399);
        var at = Time.Zones.Local.At(seconds);
        return DateTime.UnixEpoch.AddSeconds(seconds + at.Offset).ToString("ddd yyyy-MM-dd HH:mm:ss ", System.Globalization.CultureInfo.InvariantCulture) + at.Abbreviation;
    }
}
