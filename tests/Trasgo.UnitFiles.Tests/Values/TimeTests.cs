using System.Globalization;
using Trasgo.Manager;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Values;

/// <summary>Time spans and calendar events against what systemd-analyze 252 says of them.</summary>
public sealed class TimeTests
{
    [Fact]
    public void TimeSpan_OfEachExpression_IsSystemds()
    {
        var failures = new List<string>();
        foreach (var fact in Facts.Table("timespan-252.tsv"))
        {
            var shown = TimeSpans.TryParse(fact[0], out var usec)
                ? usec == TimeSpans.Infinity ? $"infinity {TimeSpans.Format(usec)}" : string.Create(CultureInfo.InvariantCulture, $"{usec} {TimeSpans.Format(usec)}")
                : "invalid ";
            var expected = fact[2] == "infinity" ? "infinity infinity" : $"{fact[1]} {fact[2]}";
            if (shown != expected)
            {
                failures.Add($"'{fact[0]}': {shown}, not {expected}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void CalendarEvent_OfEachExpression_IsSystemds()
    {
        var zones = new HostTimeZones("UTC");
        var failures = new List<string>();
        foreach (var fact in Facts.Table("calendar-252.tsv"))
        {
            var shown = CalendarSpec.TryParse(fact[0], zones, out var spec) ? spec.ToString() : "invalid";
            if (shown != fact[1])
            {
                failures.Add($"'{fact[0]}': {shown}, not {fact[1]}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void TimeSpan_FormattedAndReadAgain_IsTheSame()
    {
        var random = new Random(4);
        for (var round = 0; round < 2000; round++)
        {
            var usec = (ulong)random.NextInt64(0, 1L << random.Next(1, 62));
            Assert.True(TimeSpans.TryParse(TimeSpans.Format(usec), out var again));
            Assert.Equal(usec, again);
        }
    }

    [Theory]
    [InlineData("2ms", 2_000_000UL)]
    [InlineData("50000", 50_000UL)]
    [InlineData("1s 5ns", 1_000_000_005UL)]
    [InlineData("5nsec", 5UL)]
    [InlineData("infinity", ulong.MaxValue)]
    public void Nanoseconds_OfEachExpression_CountFromOne(string text, ulong expected)
    {
        Assert.True(TimeSpans.TryParseNanoseconds(text, out var value));
        Assert.Equal(expected, value);
    }
}
