using System.Globalization;
using Trasgo.Manager;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Calendar;

/// <summary>When calendar events come next, against systemd-analyze on the same expressions, zones and moments.</summary>
public sealed class CalendarOracleTests
{
    private const int Batches = 6;
    private const int BatchSize = 60;
    private const int Iterations = 5;

    /// <summary>Zones with a change of the clocks of an hour and of half an hour, in either half of the year, at midnight, of a whole day, and none.</summary>
    public static TheoryData<string> Zones =>
    [
        "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Europe/Dublin",
        "Africa/Casablanca", "America/Havana", "Asia/Tehran", "CET-1CEST,M3.5.0,M10.5.0/3",
    ];

    [SkippableTheory]
    [MemberData(nameof(Zones))]
    public void NextElapse_OfGeneratedExpressions_IsSystemds(string zone)
    {
        Skip.If(SystemdAnalyze.ReasonToSkip() is not null, SystemdAnalyze.ReasonToSkip());
        var seed = zone.Sum(static character => character);
        var (generator, random) = (new CalendarExpressions(seed), new Random(seed));
        var failures = new List<string>();
        for (var batch = 0; batch < Batches; batch++)
        {
            // Most moments are near now, some in the far future, and some in the hour around a change of the clocks.
            var moment = random.NextInt64(1_000_000_000, batch % 3 == 0 ? 7_000_000_000 : 2_000_000_000);
            var expressions = Enumerable.Range(0, BatchSize).Select(_ => generator.Next()).ToHashSet(StringComparer.Ordinal);
            Compare(zone, moment, expressions, failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n" + string.Join('\n', failures.Take(20)));
    }

    /// <summary>Minute by minute through the days on which clocks change.</summary>
    [SkippableTheory]
    [InlineData("Europe/Berlin", 1_774_742_400)]
    [InlineData("Europe/Berlin", 1_792_886_400)]
    [InlineData("America/New_York", 1_772_937_000)]
    [InlineData("America/New_York", 1_793_501_000)]
    [InlineData("Australia/Lord_Howe", 1_775_300_000)]
    [InlineData("Australia/Lord_Howe", 1_790_999_000)]
    [InlineData("America/Havana", 1_772_930_000)]
    [InlineData("Africa/Casablanca", 1_771_100_000)]
    [InlineData("Pacific/Apia", 1_325_100_000)]
    public void NextElapse_AroundAChangeOfTheClocks_IsSystemds(string zone, long moment)
    {
        Skip.If(SystemdAnalyze.ReasonToSkip() is not null, SystemdAnalyze.ReasonToSkip());
        HashSet<string> expressions =
        [
            "*:0/15", "*:0/7:30", "02:30", "01:30", "00:30", "02:00..30/10", "*-*-* 2:0/20:00", "3:00", "hourly", "daily", "00:00", "1,2,3:15,45",
            "Sun 02:15", "*-*~1 2:30", "*:*:0/600", "2:59:59.5", "02:30 UTC", "02:30 Europe/London",
        ];
        var failures = new List<string>();
        for (var step = 0; step < 24; step++)
        {
            Compare(zone, moment + (step * 1234), expressions, failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} differ:\n" + string.Join('\n', failures.Take(20)));
    }

    [SkippableTheory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Tokyo")]
    [InlineData("Asia/Kolkata")]
    [InlineData("UTC")]
    public void Zone_NamedInTheExpression_IsReadAsSystemdReadsIt(string zone)
    {
        Skip.If(SystemdAnalyze.ReasonToSkip() is not null, SystemdAnalyze.ReasonToSkip());
        string[] names =
        [
            "CET", "CEST", "cest", "EST", "EDT", "EST5EDT", "JST", "IST", "UTC", "utc", "Z", "GMT", "Europe/Paris", "europe/paris", "posix/Europe/Paris",
            "Europe", "Europe/", "Europe//Paris", "../zoneinfo/Europe/Paris", "Nowhere/Land", "zone.tab", "Etc/GMT+5", "localtime",
        ];
        var failures = new List<string>();
        Compare(zone, 1_700_000_000, [.. names.Select(static name => "12:30 " + name), .. names.Select(static name => "weekly " + name)], failures);
        Compare(zone, 1_720_000_000, [.. names.Select(static name => "*-6,12-1 12:30 " + name)], failures);

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static void Compare(string zone, long moment, HashSet<string> expressions, List<string> failures)
    {
        var answers = SystemdAnalyze.Ask(zone, ["calendar", $"--iterations={Iterations}", $"--base-time=@{moment}"], expressions);
        foreach (var (expression, expected) in answers)
        {
            var actual = Describe(zone, moment, expression);
            if (!actual.SequenceEqual(expected))
            {
                failures.Add($"TZ={zone} --base-time=@{moment} '{expression}':\n  {string.Join(" | ", actual)}\n  {string.Join(" | ", expected)}");
            }
        }
    }

    private static List<string> Describe(string zone, long moment, string expression)
    {
        var zones = new HostTimeZones(zone);
        if (!CalendarSpec.TryParse(expression, zones, out var spec))
        {
            return ["invalid"];
        }

        var lines = new List<string>();
        var normalized = spec.ToString();
        if (normalized != expression)
        {
            lines.Add("Original form: " + expression);
        }

        lines.Add("Normalized form: " + normalized);
        var at = (ulong)moment * CalendarSpec.Second;
        for (var iteration = 1; iteration <= Iterations; iteration++)
        {
            var outcome = CalendarSearch.Next(spec, zones, at, out at);
            if (outcome == CalendarOutcome.Never)
            {
                lines.AddRange(iteration > 1 ? [] : ["Next elapse: never"]);
                break;
            }

            if (outcome != CalendarOutcome.Found)
            {
                return [outcome.ToString().ToLowerInvariant()];
            }

            lines.Add((iteration == 1 ? "Next elapse: " : $"Iter. #{iteration}: ") + Text(zones.Local, at));
            if (zone != "UTC")
            {
                lines.Add("(in UTC): " + Text(ZoneRules.Utc, at));
            }
        }

        return lines;
    }

    private static string Text(ZoneRules zone, ulong moment)
    {
        var seconds = (long)(moment / CalendarSpec.Second);
        var offset = zone.At(seconds);
        return DateTime.UnixEpoch.AddSeconds(seconds + offset.Offset).ToString("ddd yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture) + offset.Abbreviation;
    }
}
