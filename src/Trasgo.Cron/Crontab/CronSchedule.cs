using System.Globalization;

namespace Trasgo.Cron;

/// <summary>When a job runs, and the calendar events of systemd.time(7) that say the same.</summary>
internal sealed record CronSchedule(CronField Minute, CronField Hour, CronField DayOfMonth, CronField Month, CronField DayOfWeek)
{
    private static readonly string[] s_days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

    /// <summary>"@daily" and its like, as lines; "@reboot" is none.</summary>
    private static readonly Dictionary<string, string> s_words = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    public static CronSchedule? OfWord(string word) =>
        s_words.TryGetValue(word, out var line) && TryParse(line.Split(' '), out var schedule, out _) ? schedule : null;

    /// <param name="bad">The field that cannot be read.</param>
    public static bool TryParse(ReadOnlySpan<string> texts, out CronSchedule schedule, out CronFieldKind bad)
    {
        var fields = new CronField[5];
        for (bad = CronFieldKind.Minute; bad <= CronFieldKind.DayOfWeek; bad++)
        {
            if (!CronField.TryParse(texts[(int)bad], bad, out fields[(int)bad]))
            {
                schedule = null!;
                return false;
            }
        }

        schedule = new CronSchedule(fields[0], fields[1], fields[2], fields[3], fields[4]);
        return true;
    }

    /// <summary>
    /// One event, or two: if both the day of the month and the day of the week are restricted, either of them will do (crontab(5)), while an
    /// event wants both.
    /// </summary>
    public string[] ToCalendarEvents()
    {
        var month = List(Month, CronFieldKind.Month);
        var day = List(DayOfMonth, CronFieldKind.DayOfMonth);
        var time = $"{List(Hour, CronFieldKind.Hour)}:{List(Minute, CronFieldKind.Minute)}:00";
        var weekdays = Weekdays();
        return DayOfMonth.HasStar || DayOfWeek.HasStar
            ? [$"{weekdays}*-{month}-{day} {time}"]
            : [$"*-{month}-{day} {time}", $"{weekdays}*-{month}-* {time}"];
    }

    private static string List(CronField field, CronFieldKind kind)
    {
        if (field.IsFull(kind))
        {
            return "*";
        }

        var values = new List<string>();
        for (var value = CronField.Least(kind); value <= CronField.Most(kind); value++)
        {
            if (field.Has(value))
            {
                values.Add(value.ToString("D2", CultureInfo.InvariantCulture));
            }
        }

        return string.Join(',', values);
    }

    private string Weekdays()
    {
        if (DayOfWeek.IsFull(CronFieldKind.DayOfWeek))
        {
            return "";
        }

        var names = new List<string>();
        for (var day = 0; day < s_days.Length; day++)
        {
            if (DayOfWeek.Has(day))
            {
                names.Add(s_days[day]);
            }
        }

        return string.Join(',', names) + " ";
    }
}
