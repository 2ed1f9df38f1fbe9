using System.Globalization;
using System.Text;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// A calendar event of systemd.time(7), normalised: each field is sorted and free of doubles, and null where any value will
/// do. Its text is the normalised form of systemd-analyze(1) calendar.
/// </summary>
internal sealed class CalendarSpec
{
    public const int YearLeast = 1970;
    public const int YearMost = 2199;
    public const int AllWeekdays = 127;
    public const int Second = 1_000_000;

    private static readonly string[] s_days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Bit 0 is Monday; 0 for any day.</summary>
    public int Weekdays { get; internal set; }

    public bool FromEndOfMonth { get; internal set; }

    public bool Utc { get; internal set; }

    public string? TimeZone { get; internal set; }

    /// <summary>1 or 0 where an abbreviation of the local zone asks for daylight saving or for standard time.</summary>
    public int Daylight { get; internal set; } = CivilTime.AnyDaylight;

    public string? Abbreviation { get; internal set; }

    public CalendarComponent[]? Year { get; internal set; }

    public CalendarComponent[]? Month { get; internal set; }

    public CalendarComponent[]? Day { get; internal set; }

    public CalendarComponent[]? Hour { get; internal set; }

    public CalendarComponent[]? Minute { get; internal set; }

    /// <summary>Seconds, in microseconds.</summary>
    public CalendarComponent[]? Microsecond { get; internal set; }

    public static bool TryParse(string text, ITimeZones zones, out CalendarSpec spec)
    {
        spec = new CalendarSpec();
        return new CalendarParser(spec, zones).Parse(text) && spec.Normalize();
    }

    public override string ToString()
    {
        var result = new StringBuilder();
        if (Weekdays != 0)
        {
            AppendWeekdays(result);
            result.Append(' ');
        }

        Append(result, Year, 4);
        result.Append('-');
        Append(result, Month, 2);
        result.Append(FromEndOfMonth ? '~' : '-');
        Append(result, Day, 2);
        result.Append(' ');
        Append(result, Hour, 2);
        result.Append(':');
        Append(result, Minute, 2);
        result.Append(':');
        AppendSeconds(result);
        var zone = Utc ? "UTC" : TimeZone ?? Abbreviation;
        return result.Append(zone is null ? "" : " " + zone).ToString();
    }

    private static CalendarComponent FixYear(CalendarComponent component) =>
        component with { Start = FixYear(component.Start), Stop = FixYear(component.Stop) };

    /// <summary>12 is 2012 and 89 is 1989.</summary>
    private static int FixYear(int year) => year switch { >= 0 and < 70 => year + 2000, >= 70 and < 100 => year + 1900, _ => year };

    private static CalendarComponent[]? Normalize(CalendarComponent[]? chain)
    {
        if (chain is null)
        {
            return null;
        }

        var sorted = new SortedSet<CalendarComponent>(chain.Select(static c => c.Normalize()));
        return [.. sorted];
    }

    private static bool IsValid(CalendarComponent[]? chain, int from, int to, bool fromEnd = false) =>
        chain is null || Array.TrueForAll(chain, c => c.IsValid(from, to, fromEnd));

    private static void Append(StringBuilder result, CalendarComponent[]? chain, int width)
    {
        if (chain is null)
        {
            result.Append('*');
            return;
        }

        for (var i = 0; i < chain.Length; i++)
        {
            result.Append(i > 0 ? "," : "").Append(Number(chain[i].Start, width));
            if (chain[i].Stop > 0)
            {
                result.Append("..").Append(Number(chain[i].Stop, width));
            }

            if (chain[i].Repeat > 0 && !(chain[i].Stop > 0 && chain[i].Repeat == 1))
            {
                result.Append('/').Append(Number(chain[i].Repeat, 0));
            }
        }
    }

    private static string Number(int value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string Seconds(int value, int width) => Number(value / Second, width) + (value % Second == 0 ? "" : "." + Number(value % Second, 6));

    private bool Normalize()
    {
        Weekdays = Weekdays is <= 0 or >= AllWeekdays ? 0 : Weekdays;
        FromEndOfMonth &= Day is not null;
        Utc &= TimeZone is null;
        Year = Normalize(Year?.Select(FixYear).ToArray());
        Month = Normalize(Month);
        Day = Normalize(Day);
        Hour = Normalize(Hour);
        Minute = Normalize(Minute);
        Microsecond = Normalize(Microsecond);
        return IsValid(Year, YearLeast, YearMost) && IsValid(Month, 1, 12) && IsValid(Day, 1, 31, FromEndOfMonth)
            && IsValid(Hour, 0, 23) && IsValid(Minute, 0, 59) && IsValid(Microsecond, 0, (60 * Second) - 1);
    }

    private void AppendSeconds(StringBuilder result)
    {
        if (Microsecond is null or [{ Start: 0, Stop: < 0, Repeat: Second }])
        {
            result.Append('*');
            return;
        }

        for (var i = 0; i < Microsecond.Length; i++)
        {
            var (start, stop, repeat) = Microsecond[i];
            result.Append(i > 0 ? "," : "").Append(Seconds(start, 2));
            if (stop > 0)
            {
                result.Append("..").Append(Seconds(stop, 2));
            }

            if (repeat > 0 && !(stop > 0 && repeat == Second))
            {
                result.Append('/').Append(Seconds(repeat, 0));
            }
        }
    }

    private void AppendWeekdays(StringBuilder result)
    {
        var first = -1;
        var any = false;
        for (var day = 0; day <= s_days.Length; day++)
        {
            if (day < s_days.Length && (Weekdays & (1 << day)) != 0)
            {
                if (first < 0)
                {
                    result.Append(any ? "," : "").Append(s_days[day]);
                    first = day;
                    any = true;
                }
            }
            else if (first >= 0)
            {
                if (day > first + 1)
                {
                    result.Append(day > first + 2 ? ".." : ",").Append(s_days[day - 1]);
                }

                first = -1;
            }
        }
    }
}
