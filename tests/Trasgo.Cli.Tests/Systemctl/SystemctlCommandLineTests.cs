using Trasgo.Cli.Commands.Systemctl;

namespace Trasgo.Cli.Tests.Systemctl;

public class SystemctlCommandLineTests
{
    [Fact]
    public void Parse_OfManyForms_FindsThemAll()
    {
        using var recorded = new RecordedOutput();
        var line = new SystemctlCommandLine("systemctl", recorded.Output);

        Assert.Null(line.Parse(["--user", "-qtservice,socket", "show", "-p", "Id,Names", "-PResult", "--fail", "-ff", "cron", "-sHUP"]));

        var options = line.Options;
        Assert.Equal(["show", "cron"], line.Operands);
        Assert.Equal(Scope.User, options.Scope);
        Assert.Equal(["service", "socket"], options.Types);
        Assert.Equal(["Id", "Names", "Result"], options.Properties);
        Assert.Equal("fail", options.JobMode);
        Assert.Equal(2, options.Force);
        Assert.Equal(1, options.Signal);
        Assert.True(options is { OnlyValue: true, ShowEmpty: true, Quiet: true, ShowsLegend: false });
    }

    [Fact]
    public void Parse_EmptyPropertyList_ShowsNone()
    {
        using var recorded = new RecordedOutput();
        var line = new SystemctlCommandLine("systemctl", recorded.Output);

        Assert.Null(line.Parse(["show", "-p", ""]));
        Assert.Equal([], line.Options.Properties);
    }

    [Fact]
    public void Parse_LoadStateAsType_IsAState()
    {
        using var recorded = new RecordedOutput();
        var line = new SystemctlCommandLine("systemctl", recorded.Output);

        Assert.Null(line.Parse(["-t", "masked"]));
        Assert.Equal(["masked"], line.Options.States);
        Assert.Empty(line.Options.Types);
    }

    [Theory]
    [InlineData("--wait may not be combined with --no-block.", "start", "--wait", "--no-block")]
    [InlineData("List of units to restart/reload is required.", "reload-or-restart")]
    [InlineData("--marked may only be used with 'reload-or-restart'.", "start", "--marked")]
    [InlineData("--type= requires arguments.", "-t", "")]
    [InlineData("Unknown output 'x'.", "-ox")]
    [InlineData("Failed to parse lines 'x'", "-nx")]
    [InlineData("Invalid value: x.", "--timestamp=x")]
    [InlineData("Failed to parse preset mode: x.", "--preset-mode=x")]
    [InlineData("Failed to parse signal string \"FOO\".", "-sFOO")]
    [InlineData("Failed to parse boolean argument to --legend: maybe.", "--legend=maybe")]
    public void Mistake_IsReportedWithStatusOne(string message, params string[] words)
    {
        using var recorded = new RecordedOutput();

        Assert.Equal(1, new SystemctlCommandLine("systemctl", recorded.Output).Parse(words));
        Assert.Equal(message + "\n", recorded.Error);
    }

    [Theory]
    [InlineData("-H", "host")]
    [InlineData("--machine=c")]
    [InlineData("--image=x")]
    [InlineData("-r")]
    public void Refusal_OfWhatIsNotSupported_SaysWhatToDo(params string[] words)
    {
        using var recorded = new RecordedOutput();

        Assert.Equal(1, new SystemctlCommandLine("systemctl", recorded.Output).Parse(words));
        Assert.Contains("is not supported: ", recorded.Error, StringComparison.Ordinal);
    }
}
