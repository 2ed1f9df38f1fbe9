using System.Globalization;
using Trasgo.Manager;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Calendar;

/// <summary>Points in time, and spans of it, against systemd-analyze on generated texts.</summary>
public sealed class TimestampOracleTests
{
    [SkippableTheory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Africa/Abidjan")]
    public void Timestamp_OfGeneratedTexts_IsSystemds(string zone)
    {
        Skip.If(SystemdAnalyze.ReasonToSkip() is not null, SystemdAnalyze.ReasonToSkip());
        var random = new Random(zone.Length);
        HashSet<string> texts =
        [
            "12-11-23 11:12:13", "2012-11-23 11:12:13.25", "2012-11-23 11:12:13.1234567", "2012-11-23 11:12:13.", "2012-11-23T11:12", "Fri 2012-11-23", "Thu 2012-11-23",
            "friday 2012-11-23 11:12", "2012-02-30", "2012-13-01", "2012-00-01", "68-1-1", "69-1-1", "1969-12-31", "9999-12-31 23:59:59", "10000-01-01",
            "2012-11-23 24:00", "2012-11-23 11:60", "2012-11-23 11:12:61", "2012-11-23 11:12:62", "2012 -11-23", "2012-11-23  11:12", "2012-11-2311:12", "@1395716396",
            "@1395716396.5", "@", "@-1", "2012-11-23 11:12 UTC", "2012-11-23 11:12 utc", "2012-07-23 11:12 CEST", "2012-07-23 11:12 EDT",
            "2012-07-23 11:12 IST", "2012-11-23 11:12 Nowhere", "Nov 23", "", " ", "2026-03-29 02:30", "2026-10-25 02:30",
            "2026-10-25 02:30 CEST", "now UTC", "+5min UTC", "yesterday Moon", "12", "12-11", "-", "+", "ago", " ago", "2012-11-23 11:12:13 x",
        ];
        for (var i = 0; i < 300; i++)
        {
            texts.Add(Make(random));
        }

        var zones = new HostTimeZones(zone);
        var failures = new List<string>();
        foreach (var (text, lines) in SystemdAnalyze.Ask(zone, ["timestamp"], texts))
        {
            var expected = Array.Find(lines, static line => line.StartsWith("UNIX", StringComparison.Ordinal)) ?? "invalid";
            var actual = Timestamps.TryParse(text, zones, Now(), out var usec)
                ? $"UNIX seconds: @{usec / 1_000_000}{(usec % 1_000_000 == 0 ? "" : $".{usec % 1_000_000:D6}")}"
                : "invalid";
            if (actual != expected)
            {
                failures.Add($"TZ={zone} '{text}': {actual}, not {expected}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>systemd.time(7) has them; systemd 252 does not take them all the same.</summary>
    [Theory]
    [InlineData("2012-11-23 11:12 Asia/Tokyo", 1_353_636_720)]
    [InlineData("2012-07-23 Europe/Berlin", 1_342_994_400)]
    [InlineData("Mon 2012-07-23 12:00:00 America/New_York", 1_343_059_200)]
    public void Timestamp_WithTheNameOfAZone_IsMeantThere(string text, ulong expected)
    {
        Assert.True(Timestamps.TryParse(text, new HostTimeZones("UTC"), Now(), out var usec));
        Assert.Equal(expected * 1_000_000, usec);
    }

    [SkippableFact]
    public void TimeSpan_OfGeneratedTexts_IsSystemds()
    {
        Skip.If(SystemdAnalyze.ReasonToSkip() is not null, SystemdAnalyze.ReasonToSkip());
        string[] units = ["", "us", "usec", "µs", "ms", "msec", "s", "sec", "second", "seconds", "m", "min", "minutes", "h", "hr", "hours", "d", "day", "w", "weeks", "M", "month", "y", "years", "x", "S"];
        var random = new Random(23);
        var failures = new List<string>();
        var count = 0;
        for (var round = 0; round < 400; round++)
        {
            // systemd-analyze ends at the first span that it does not take, so what may be wrong comes last.
            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Number(random) + (random.Next(3) == 0 ? " " : "") + units[random.Next(units.Length)]);
            var text = string.Join(random.Next(3) == 0 ? "" : " ", parts).TrimEnd();
            var isGood = TimeSpans.TryParse(text, out var usec);
            var lines = SystemdAnalyze.Ask("UTC", ["timespan"], [text])[text];
            string[] actual = isGood ? [$"Original: {text}", $"us: {usec}", $"Human: {TimeSpans.Format(usec)}"] : ["invalid"];
            count += isGood ? 1 : 0;
            if (!actual.SequenceEqual(lines))
            {
                failures.Add($"'{text}': {string.Join(" | ", actual)}, not {string.Join(" | ", lines)}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.InRange(count, 100, 390);
    }

    private static string Number(Random random) => random.Next(4) switch
    {
        0 => random.NextInt64(0, 1L << random.Next(1, 63)).ToString(CultureInfo.InvariantCulture),
        1 => $"{random.Next(100)}.{random.Next(1000)}",
        2 => $".{random.Next(10)}",
        _ => random.Next(1000).ToString(CultureInfo.InvariantCulture),
    };

    private static string Make(Random random)
    {
        var moment = DateTime.UnixEpoch.AddSeconds(random.NextInt64(-1_000_000, 8_000_000_000));
        string[] formats =
        [
            "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd", "yy-MM-dd HH:mm:ss", "yy-M-d", "ddd yyyy-MM-dd", "dddd yyyy-M-d H:m:s", "yyyy-MM-dd HH:mm:ss.ffffff",
            "yyyy-MM-dd HH:mm:ss.ff", "yyyy/MM/dd", "dd.MM.yyyy", "yyyy-MM-dd HH",
        ];
        string[] zones = ["", "", "", " UTC", " CEST", " EDT", " IST"];
        return moment.ToString(formats[random.Next(formats.Length)], CultureInfo.InvariantCulture) + zones[random.Next(zones.Length)];
    }

    private static ulong Now() => (ulong)((DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10);
}
