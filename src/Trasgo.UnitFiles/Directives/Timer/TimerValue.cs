using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// One time of a timer: microseconds after its base, or a calendar event. The engine leaves in <see cref="NextElapse"/> when
/// it comes next, which `systemctl show` prints.
/// </summary>
internal sealed class TimerValue(TimerBase timerBase, ulong usec, CalendarSpec? calendar)
{
    public TimerBase Base { get; } = timerBase;

    public ulong Usec { get; } = usec;

    public CalendarSpec? Calendar { get; } = calendar;

    public ulong NextElapse { get; set; }

    /// <summary>It came once, and comes again only when the timer is started anew, or its unit is.</summary>
    public bool IsSpent { get; set; }
}
