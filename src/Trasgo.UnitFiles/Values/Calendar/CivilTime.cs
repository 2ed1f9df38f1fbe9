using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// A date and a time of day without a zone. Fields may lie outside their range while they are being computed with: day 32 is then a day
/// of the next month, month 0 the last one of the year before.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct CivilTime
{
    public const int DaySeconds = 86_400;

    /// <summary>What <see cref="Daylight"/> says where nobody knows.</summary>
    public const int AnyDaylight = -1;

    public int Year;

    /// <summary>1 to 12.</summary>
    public int Month;

    public int Day;
    public int Hour;
    public int Minute;
    public int Second;

    /// <summary>1: daylight saving time is meant, 0: standard time.</summary>
    public int Daylight;

    /// <summary>Seconds since 1970 of the time as read on a clock that shows UTC.</summary>
    public readonly long Seconds => (DayNumber * DaySeconds) + (Hour * 3600L) + (Minute * 60L) + Second;

    /// <summary>0 is Monday.</summary>
    public readonly int Weekday => (int)Modulo(DayNumber + 3, 7);

    /// <summary>Days since 1970-01-01, by the algorithm that counts years from March, so that the leap day comes last.</summary>
    private readonly long DayNumber
    {
        get
        {
            var months = (Year * 12L) + (Month - 1) - 2;
            var year = FloorDivide(months, 12);
            var month = months - (year * 12);
            var beforeYear = (year * 365) + FloorDivide(year, 4) - FloorDivide(year, 100) + FloorDivide(year, 400);
            var beforeMonth = ((153 * month) + 2) / 5;
            return beforeYear + beforeMonth + Day - 1 - 719_468;
        }
    }

    public static CivilTime FromSeconds(long seconds, int daylight = 0)
    {
        var days = FloorDivide(seconds, DaySeconds);
        var rest = (int)(seconds - (days * DaySeconds));
        var fromMarch = days + 719_468;
        var era = FloorDivide(fromMarch, 146_097);
        var dayOfEra = fromMarch - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var month = ((5 * dayOfYear) + 2) / 153;
        return new CivilTime
        {
            Year = (int)(yearOfEra + (era * 400)) + (month >= 10 ? 1 : 0),
            Month = (int)month + (month < 10 ? 3 : -9),
            Day = (int)(dayOfYear - (((153 * month) + 2) / 5)) + 1,
            Hour = rest / 3600,
            Minute = rest / 60 % 60,
            Second = rest % 60,
            Daylight = daylight,
        };
    }

    internal static long FloorDivide(long value, long divisor) => (value / divisor) - (value % divisor < 0 ? 1 : 0);

    internal static long Modulo(long value, long divisor) => value - (FloorDivide(value, divisor) * divisor);
}
