using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>What all timers share: the zones, what is known of this host and this run of the manager, and the news that clocks have been set.</summary>
internal sealed class Timekeeping
{
    private ClockJumpSource? _jumps;

    public ITimeZones Zones { get; init; } = NoTimeZones.Instance;

    public IStampFiles Stamps { get; init; } = StampFiles.Instance;

    /// <summary>Where Persistent= keeps its files; null for a user without a home.</summary>
    public string? StampDirectory { get; init; } = "/var/lib/systemd/timers";

    /// <summary>When the manager was started, on the monotonic clock: what OnStartupSec= counts from.</summary>
    public ulong Startup { get; set; }

    /// <summary>OnBootSec= counts from the start of the container then, not from that of the machine.</summary>
    public bool IsContainer { get; init; }

    /// <summary>32 hexadecimal digits, or null, for FixedRandomDelay=.</summary>
    public string? MachineId { get; init; }

    public Func<ulong> Random { get; init; } = static () => (ulong)System.Random.Shared.NextInt64();

    /// <summary>From now on, timers are told when somebody sets the wall clock.</summary>
    public void Watch(EngineContext context) => _jumps ??= context.Loop.OnClockJump(() => Tell(context, static timer => timer.OnClockChanged()));

    /// <summary>The zone of the host is another one now.</summary>
    public void OnTimezoneChanged(EngineContext context) => Tell(context, static timer => timer.OnTimezoneChanged());

    private static void Tell(EngineContext context, Action<TimerUnit> news)
    {
        // A timer that elapses of it may load units, so they are collected first.
        var timers = new List<TimerUnit>();
        foreach (var unit in context.Units.All)
        {
            if (unit is TimerUnit timer)
            {
                timers.Add(timer);
            }
        }

        foreach (var timer in timers)
        {
            news(timer);
        }
    }
}
