using Trasgo.UnitFiles.Values;

namespace Trasgo.Cron.Tests;

/// <summary>Times of crontabs, as calendar events. What they mean is held against a model of cron that looks at each minute.</summary>
public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("17 * * * *", "*-*-* *:17:00")]
    [InlineData("25 6 * * *", "*-*-* 06:25:00")]
    [InlineData("47 6 * * 7", "Sun *-*-* 06:47:00")]
    [InlineData("52 6 1 * *", "*-*-01 06:52:00")]
    [InlineData("*/20 8-10 * jan-mar mon,Wed,fri", "Mon,Wed,Fri *-01,02,03-* 08,09,10:00,20,40:00")]
    [InlineData("0 0 1,15 * fri", "*-*-01,15 00:00:00|Fri *-*-* 00:00:00")]
    [InlineData("0 0 */2 * fri", "Fri *-*-01,03,05,07,09,11,13,15,17,19,21,23,25,27,29,31 00:00:00")]
    [InlineData("0 0 13 * *", "*-*-13 00:00:00")]
    [InlineData("0-59 * * * 0-7", "*-*-* *:*:00")]
    [InlineData("5-9/2 0 * DEC sat-6", "Sat *-12-* 00:05,07,09:00")]
    public void Schedule_OfEachForm_IsTheSameAsAnEvent(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', Parse(line).ToCalendarEvents()));

    [Theory]
    [InlineData("60 * * * *", "Minute")]
    [InlineData("* 24 * * *", "Hour")]
    [InlineData("* * 0 * *", "DayOfMonth")]
    [InlineData("* * * 13 *", "Month")]
    [InlineData("* * * * 8", "DayOfWeek")]
    [InlineData("*/0 * * * *", "Minute")]
    [InlineData("9-5 * * * *", "Minute")]
    [InlineData("5/2 * * * *", "Minute")]
    [InlineData("1,,2 * * * *", "Minute")]
    [InlineData("* jan * * *", "Hour")]
    [InlineData("* * * january *", "Month")]
    [InlineData("* * * * fri-sun", "DayOfWeek")]
    [InlineData("-5 * * * *", "Minute")]
    [InlineData("+5 * * * *", "Minute")]
    [InlineData("*5 * * * *", "Minute")]
    [InlineData("* * * * mon,", "DayOfWeek")]
    [InlineData("99999999999 * * * *", "Minute")]
    public void Schedule_WithABadField_NamesIt(string line, string expected)
    {
        Assert.False(CronSchedule.TryParse(line.Split(' '), out _, out var bad));
        Assert.Equal(expected, bad.ToString());
    }

    [Fact]
    public void Events_OfGeneratedSchedules_ComeWhenCronsModelSays()
    {
        var random = new Random(5);
        for (var round = 0; round < 150; round++)
        {
            var line = string.Join(' ', Field(random, 0, 59), Field(random, 0, 23), Field(random, 1, 31), Field(random, 1, 12), Field(random, 0, 7));
            var schedule = Parse(line);
            var specs = schedule.ToCalendarEvents().Select(static text =>
            {
                Assert.True(CalendarSpec.TryParse(text, NoTimeZones.Instance, out var spec), text);
                return spec;
            }).ToList();
            var at = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(random.Next(2_000_000));
            for (var step = 0; step < 5; step++)
            {
                var expected = NextOfModel(schedule, at);
                var actual = specs.Min(spec => Next(spec, at));
                Assert.True(expected is null || expected == actual, $"{line} after {at:u}: {actual:u}, not {expected:u}");
                at = actual;
            }
        }
    }

    private static CronSchedule Parse(string line)
    {
        Assert.True(CronSchedule.TryParse(line.Split(' '), out var schedule, out var bad), $"{line}: {bad}");
        return schedule;
    }

    private static string Field(Random random, int least, int most)
    {
        switch (random.Next(6))
        {
            case 0 or 1 or 2:
                return "*";
            case 3:
                return $"*/{random.Next(1, 9)}";
            case 4:
                var first = random.Next(least, most + 1);
                return $"{first}-{random.Next(first, most + 1)}";
            default:
                return string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(least, most + 1)));
        }
    }

    private static DateTime Next(CalendarSpec spec, DateTime after)
    {
        var outcome = CalendarSearch.Next(spec, NoTimeZones.Instance, (ulong)(after - DateTime.UnixEpoch).Ticks / 10, out var next);
        return outcome == CalendarOutcome.Found ? DateTime.UnixEpoch.AddTicks((long)next * 10) : DateTime.MaxValue;
    }

    /// <summary>crontab(5), minute by minute; null if there is none within two years.</summary>
    private static DateTime? NextOfModel(CronSchedule schedule, DateTime after)
    {
        for (var minute = after.AddMinutes(1); minute < after.AddYears(2); minute = minute.AddMinutes(1))
        {
            var byDate = schedule.DayOfMonth.Has(minute.Day);
            var byWeek = schedule.DayOfWeek.Has((int)minute.DayOfWeek);
            var day = schedule.DayOfMonth.HasStar || schedule.DayOfWeek.HasStar ? byDate && byWeek : byDate || byWeek;
            if (!day || !schedule.Month.Has(minute.Month))
            {
                minute = minute.Date.AddDays(1).AddMinutes(-1);
            }
            else if (schedule.Hour.Has(minute.Hour) && schedule.Minute.Has(minute.Minute))
            {
                return minute;
            }
        }

        return null;
    }
}
