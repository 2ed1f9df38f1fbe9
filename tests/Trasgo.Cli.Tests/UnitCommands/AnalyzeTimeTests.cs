using System.Diagnostics;

namespace Trasgo.Cli.Tests.UnitCommands;

/// <summary>What analyze says of expressions of time, letter by letter as systemd-analyze says it.</summary>
public sealed class AnalyzeTimeTests
{
    private const string Systemd = "/usr/bin/systemd-analyze";

    [SkippableTheory]
    [InlineData("calendar", "daily")]
    [InlineData("calendar", "*-*-* 00:00:00")]
    [InlineData("calendar", "--iterations=12", "--base-time=2026-03-28", "*:0/30", "02:30")]
    [InlineData("calendar", "--iterations=3", "--base-time=2026-03-28 12:00 UTC", "Mon *-*~1", "2027-*-31")]
    [InlineData("calendar", "foo", "2h", "@123", "*-02-30")]
    [InlineData("calendar", "--iterations=0", "weekly")]
    [InlineData("calendar", "--base-time=x", "daily")]
    [InlineData("calendar", "--iterations=x", "daily")]
    [InlineData("calendar")]
    [InlineData("timespan", "2h", "1y 2month 3w", "infinity")]
    [InlineData("timespan", "3s", "daily", "4s")]
    [InlineData("timespan")]
    [InlineData("timestamp", "2026-03-29 02:30", "@1234.5", "@0", "Fri 2012-11-23 11:12:13 UTC")]
    [InlineData("timestamp", "foo", "2h", "weekly", "today")]
    [InlineData("timestamp")]
    public void Times_OfEachKind_AreToldAsBySystemd(params string[] words)
    {
        Skip.IfNot(File.Exists(Systemd), "systemd-analyze is not installed");
        var start = new ProcessStartInfo(Systemd, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var expected = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        using var recorded = new RecordedOutput();
        var status = EntryPoint.Run("trasgo", ["analyze", .. words], recorded.Output);

        Assert.Equal(expected, recorded.Out);
        Assert.Equal(errors.Result.Replace("systemd-analyze", "trasgo analyze", StringComparison.Ordinal), recorded.Error);
        Assert.Equal(process.ExitCode, status);
    }
}
