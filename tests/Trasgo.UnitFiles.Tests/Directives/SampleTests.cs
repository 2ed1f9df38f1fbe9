using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>Every row is fed a good and a bad sample.</summary>
public sealed class SampleTests
{
    /// <summary>Rows that complain about themselves whatever is assigned.</summary>
    private static readonly string[] s_grumbling =
    [
        "RequiresOverridable", "RequisiteOverridable", "OnFailureIsolate", "MemoryLimit", "BlockIODeviceWeight", "BlockIOReadBandwidth",
        "BlockIOWriteBandwidth",
    ];

    [Fact]
    public void EveryRow_GoodSample_ChangesTheConfigurationWithoutComplaint()
    {
        var failures = new List<string>();
        foreach (var row in AllTables.SampledRows())
        {
            var fresh = row.Read();
            var read = row.Read(row.Good!);
            if (read.AllJson == fresh.AllJson)
            {
                failures.Add($"{row} unchanged by '{row.Good}'");
            }

            if (Array.IndexOf(s_grumbling, row.Name) < 0 && read.Diagnostics.Any(d => d.Severity <= Severity.Warning))
            {
                failures.Add($"{row} complains: {read.Diagnostics[0].Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void EveryRow_BadSample_IsReportedAndChangesNothing()
    {
        var failures = new List<string>();
        foreach (var row in AllTables.Rows().Where(r => r.Bad is not null && r.Name.Length > 0))
        {
            var fresh = row.Read();
            var read = row.Read(row.Bad!);
            if (read.AllJson != fresh.AllJson && row.Name is not ("SystemCallFilter" or "SystemCallLog" or "RestrictAddressFamilies" or "RestrictNetworkInterfaces"))
            {
                failures.Add($"{row} changed by '{row.Bad}'");
            }

            if (!read.Diagnostics.Any(d => d.Severity <= Severity.Warning && d.Directive == row.Name && d.Line == 1 && d.File == "test"))
            {
                failures.Add($"{row} is silent about '{row.Bad}'");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void EveryRow_FormattedAndReadAgain_ShowsTheSame()
    {
        var failures = new List<string>();
        foreach (var row in AllTables.SampledRows())
        {
            var read = row.Read(row.Good!);
            var lines = read.Lines.Where(l => l.Name == row.Name).Select(l => l.Text).ToArray();
            if (lines.Length == 0)
            {
                continue;
            }

            var again = row.Read(lines);
            if (again.Json != read.Json || !again.Lines.SequenceEqual(read.Lines) || (Array.IndexOf(s_grumbling, row.Name) < 0 && again.Diagnostics.Any(d => d.Severity <= Severity.Warning)))
            {
                failures.Add($"{row}: '{row.Good}' -> '{string.Join("', '", lines)}' shows {again.Json}, not {read.Json}; {again.Diagnostics.FirstOrDefault()?.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>Hostile texts: nothing throws, and nothing takes forever.</summary>
    [Fact]
    public void EveryRow_RandomText_NeverThrows()
    {
        var random = new Random(252);
        const string Alphabet = "abcAZ019 \t%-+~!|@:;,./\\\"'$={}[]<>#*?\u00b5\u2030\ud800\0\n";
        var rows = AllTables.Rows().Where(r => r.Name.Length > 0 && r.Table is "Unit" or "Service" or "Socket" or "Timer" or "Path").ToList();
        for (var round = 0; round < 20; round++)
        {
            foreach (var row in rows)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
                var seed = random.Next(3) == 0 ? row.Good + text : text;
                row.Read(seed);
            }
        }
    }
}
