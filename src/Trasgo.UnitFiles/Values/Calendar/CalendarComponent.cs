using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// One value, range or repetition of a calendar field: "5", "5..9", "5/2", "5..9/2". Seconds are counted in microseconds.
/// </summary>
/// <param name="Stop">-1: no range.</param>
/// <param name="Repeat">0: no repetition.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CalendarComponent(int Start, int Stop = -1, int Repeat = 0) : IComparable<CalendarComponent>
{
    public int CompareTo(CalendarComponent other) =>
        Start != other.Start ? Start.CompareTo(other.Start)
        : Stop != other.Stop ? Stop.CompareTo(other.Stop)
        : Repeat.CompareTo(other.Repeat);

    /// <summary>A range ends on a multiple of its step; a step that never comes, and a range of one, are dropped.</summary>
    public CalendarComponent Normalize()
    {
        var stop = Stop > Start && Repeat > 0 ? Stop - ((Stop - Start) % Repeat) : Stop;
        return (stop > Start && Repeat > 0 && (long)Start + Repeat > stop) || Start == stop
            ? new CalendarComponent(Start)
            : this with { Stop = stop };
    }

    /// <summary>Within the bounds, and repeating at least once before the end. From the end of a month it counts backwards.</summary>
    public bool IsValid(int from, int to, bool fromEnd)
    {
        to = fromEnd ? to - 3 : to;
        if (Start < from || Start > to || Repeat > to - from)
        {
            return false;
        }

        return Stop >= 0
            ? Stop >= from && Stop <= to && Start + Repeat <= Stop
            : fromEnd ? Start - Repeat >= from : Start + Repeat <= to;
    }
}
