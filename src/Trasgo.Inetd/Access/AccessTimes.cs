using System.Globalization;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd;

/// <summary>The hours at which a service is there: "8:00-12:00", both ends included, in local time (xinetd.conf(5), access_times).</summary>
internal sealed class AccessTimes
{
    private const int MinutesPerHour = 60;

    private readonly List<(int From, int To)> _intervals = [];

    /// <summary>Null if one of the words is no interval, or none is given.</summary>
    public static AccessTimes? Parse(IEnumerable<string> words)
    {
        var times = new AccessTimes();
        foreach (var word in words)
        {
            if (word.Split('-') is not [var from, var to] || Minute(from) is not { } first || Minute(to) is not { } last || first > last)
            {
                return null;
            }

            times._intervals.Add((first, last));
        }

        return times._intervals.Count > 0 ? times : null;
    }

    public bool Contains(TimeOnly time)
    {
        var minute = (time.Hour * MinutesPerHour) + time.Minute;
        return _intervals.Exists(interval => interval.From <= minute && minute <= interval.To);
    }

    public override string ToString() => string.Join(',', _intervals.ConvertAll(static interval => $"{Text(interval.From)}-{Text(interval.To)}"));

    /// <summary>24:00 is the end of the day, which examples of the manual page use.</summary>
    private static int? Minute(string text) =>
        text.Split(':') is [var hour, var minute] && Numbers.TryDecimal(hour, out var hours) && Numbers.TryDecimal(minute, out var minutes)
            && minutes < MinutesPerHour && (hours < 24 || (hours == 24 && minutes == 0))
            ? (int)((hours * MinutesPerHour) + minutes)
            : null;

    private static string Text(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / MinutesPerHour}:{minute % MinutesPerHour:00}");
}
