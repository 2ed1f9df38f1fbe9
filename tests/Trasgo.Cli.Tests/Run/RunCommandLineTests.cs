using Trasgo.Cli.Commands.Run;

namespace Trasgo.Cli.Tests.Run;

/// <summary>The command line of <c>trasgo run</c>: what it comes to, and what may not stand together.</summary>
public sealed class RunCommandLineTests : IDisposable
{
    private readonly RecordedOutput _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [Theory]
    [InlineData("", "Command line to execute required.")]
    [InlineData("--unit=a", "Command line to execute required.")]
    [InlineData("--pty --no-block true", "--pty/--pipe is not compatible with --no-block.")]
    [InlineData("--wait --no-block true", "--wait may not be combined with --no-block.")]
    [InlineData("--wait --scope true", "--wait may not be combined with --scope.")]
    [InlineData("--wait --on-active=1 true", "--wait may not be combined with path, socket or timer operations.")]
    [InlineData("--scope -r true", "--remain-after-exit and --service-type= are not supported in --scope mode.")]
    [InlineData("--scope --pipe true", "--pty/--pipe is not compatible in timer or --scope mode.")]
    [InlineData("--scope --on-boot=1 true", "Path, socket or timer options are not supported in --scope mode.")]
    [InlineData("--shell true", "If --shell is used, no command line is expected.")]
    [InlineData("--timer-property=AccuracySec=1 true", "--timer-property= has no effect without any other timer options.")]
    [InlineData("--on-active=1 --socket-property=ListenStream=1 true", "Only single trigger (path, socket, timer) unit can be created.")]
    [InlineData("--nice=20 true", "Failed to parse nice value: 20")]
    [InlineData("-E 1=x true", "Cannot assign environment variable 1=x: Invalid argument")]
    [InlineData("--on-calendar=never true", "Failed to parse calendar event specification: Invalid argument")]
    public void CommandLine_ThatCannotBe_IsRefused(string line, string message)
    {
        Assert.Equal(1, Parse(line, out _));
        Assert.Equal(message + "\n", _recorded.Error);
    }

    [Fact]
    public void Options_EndAtTheCommand()
    {
        Assert.Null(Parse("-q -- echo --wait -p x", out var options));
        Assert.Equal(["echo", "--wait", "-p", "x"], options.Command);
        Assert.False(options.Wait);

        Assert.Null(Parse("-q echo -q", out options));
        Assert.Equal(["echo", "-q"], options.Command);
    }

    [Fact]
    public void Shell_ImpliesWhatAShellNeeds()
    {
        Assert.Null(Parse("--shell", out var options));

        Assert.True(options is { Wait: true, Collect: true, ServiceType: "exec", WorkingDirectory: not null });
        Assert.NotEqual(StreamMode.Service, options.Streams);
        Assert.Single(options.Command);
    }

    [Fact]
    public void Variables_OfOneName_TheLastCounts()
    {
        Assert.Null(Parse("-E A=1 -E B=2 -E A=3 -E NO_SUCH_VARIABLE_HERE true", out var options));

        Assert.Equal(["B=2", "A=3"], options.Environment);
    }

    [Fact]
    public void Times_BecomePropertiesOfTheTimer()
    {
        Assert.Null(Parse("--on-active=5min --on-clock-change --timer-property=AccuracySec=1 true", out var options));

        Assert.Equal(["OnActiveSec=5min", "OnClockChange=yes", "AccuracySec=1"], options.TimerProperties);
    }

    [Fact]
    public void Calendar_ThatHasPassed_IsAWarningOnly()
    {
        Assert.Null(Parse("--on-calendar=2001-01-01 true", out _));
        Assert.Equal("Specified calendar expression is in the past, proceeding anyway.\n", _recorded.Error);
    }

    private int? Parse(string line, out RunOptions options)
    {
        var parser = new RunCommandLine("run", _recorded.Output);
        var status = parser.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        options = parser.Options;
        return status;
    }
}
