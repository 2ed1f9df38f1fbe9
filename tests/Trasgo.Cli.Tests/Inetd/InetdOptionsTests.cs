using Trasgo.Cli.Commands;
using Trasgo.Cli.Commands.Inetd;

namespace Trasgo.Cli.Tests.Inetd;

/// <summary>The options of inetd(8) and of the front.</summary>
public sealed class InetdOptionsTests
{
    [Fact]
    public void Inetd_WithItsOptions_HasThem()
    {
        var options = Parse("-d", "-E", "-q", "10", "-R", "60", "-a", "127.0.0.1", "-p", "/run/x.pid", "/etc/my.conf")!;

        Assert.True(options is { Debug: true, KeepEnvironment: true, Foreground: false, Detached: false });
        Assert.Equal((10U, 60U, "127.0.0.1"), (options.Settings.Backlog, options.Settings.Rate, options.Settings.DefaultHost));
        Assert.Equal(("/run/x.pid", "/etc/my.conf"), (options.PidFile, options.File));
    }

    [Theory]
    [InlineData("-i")]
    [InlineData("-f")]
    public void Inetd_InTheForeground_StaysThere(string option) => Assert.True(Parse(option)!.Foreground);

    [Theory]
    [InlineData("-R", "0")]
    [InlineData("-R", "many")]
    [InlineData("-q", "-1")]
    [InlineData("-l")]
    [InlineData("-x")]
    [InlineData("/etc/a", "/etc/b")]
    public void Inetd_WithWhatItCannotKeep_DoesNotStart(params string[] arguments) => Assert.Null(Parse(arguments));

    [Fact]
    public void Front_WithItsOptions_HasThem()
    {
        var options = Front(
            out var server, "--service=x", "--only-from=10.0.0.0/8", "--no-access=10.1.0.0/16", "--access-times=8:00-12:00", "--max-load=2.5", "--banner=/b", "--log-on-success=pid,exit",
            "--log-on-failure=host,attempt,userid", "--log-time", "--ident-only", "--", "/bin/cat", "kitty", "--banner=/none")!;

        Assert.Equal(["/bin/cat", "kitty", "--banner=/none"], server);
        Assert.Equal(("x", "/b", 2.5, true, true), (options.Service, options.Banner, options.MaximumLoad, options.WithTime, options.IdentOnly));
        Assert.Equal((FrontNotes.Pid | FrontNotes.Exit, FrontNotes.Host | FrontNotes.Attempt | FrontNotes.UserId), (options.OnSuccess, options.OnFailure));
        Assert.True(options.Rules.Allows(System.Net.IPAddress.Parse("10.2.3.4")));
        Assert.False(options.Rules.Allows(System.Net.IPAddress.Parse("10.1.3.4")));
        Assert.False(options.Rules.Allows(System.Net.IPAddress.Parse("192.0.2.7")));
    }

    [Fact]
    public void Front_ThatRedirects_NeedsNoServer() =>
        Assert.Equal((System.Net.IPAddress.Loopback, 25), Front(out _, "--service=x", "--redirect=127.0.0.1 25")!.Redirect);

    [Theory]
    [InlineData("--only-from=nowhere", "--", "/bin/cat", "cat")]
    [InlineData("--no-access=1.2.3.4/40", "--", "/bin/cat", "cat")]
    [InlineData("--access-times=8-12", "--", "/bin/cat", "cat")]
    [InlineData("--max-load=-1", "--", "/bin/cat", "cat")]
    [InlineData("--log-on-success=everything", "--", "/bin/cat", "cat")]
    [InlineData("--redirect=localhost 25")]
    [InlineData("--redirect=127.0.0.1 0")]
    [InlineData("--unknown=1", "--", "/bin/cat", "cat")]
    [InlineData("--only-from=10.0.0.0/8", "--", "/bin/cat")]
    [InlineData("--no-access=x", "--only-from=10.0.0.0/8", "--", "/bin/cat", "cat")]
    public void Front_WithWhatItDoesNotUnderstand_ServesNobody(params string[] arguments) => Assert.Null(Front(out _, arguments));

    private static InetdOptions? Parse(params string[] arguments)
    {
        using var output = new RecordedOutput();
        return InetdOptions.Parse(new CommandInvocation("inetd", arguments, output.Output));
    }

    private static FrontOptions? Front(out string[] server, params string[] arguments)
    {
        using var output = new RecordedOutput();
        return FrontOptions.Parse(new CommandInvocation("inetd-front", arguments, output.Output), out server);
    }
}
