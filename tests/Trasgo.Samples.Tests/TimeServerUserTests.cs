using System.Text.RegularExpressions;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Samples.Tests;

/// <summary>The port of the protocol itself, 13, is bound as root and served as nobody; in a network of the test's own.</summary>
public sealed partial class TimeServerUserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [SkippableTheory]
    [InlineData("--iterative", true)]
    [InlineData("--concurrent", false)]
    public void Daemon_WithAUser_ServesItsPortAsThatUser(string way, bool answersItself)
    {
        Namespaces.Require("--net");
        Skip.If(Peer.Find("ip") is null || Peer.Find("nc.openbsd", "nc") is null, "ip or netcat is not there");
        string script = $"""
            ip link set lo up || exit 77
            {Sample.Path("timeserver")} --daemon {way} --lines 1 --pid-file {_folder["pid"]} --user nobody || exit
            daemon=$(cat {_folder["pid"]})
            {Peer.Find("nc.openbsd", "nc")} -w 10 127.0.0.1 13
            {Peer.Find("nc.openbsd", "nc")} -w 10 ::1 13
            echo "daemon $daemon"
            grep -E '^(Uid|Gid|Groups|CapPrm):' /proc/$daemon/status
            kill $daemon
            while kill -0 $daemon 2>/dev/null; do sleep 0.05; done
            echo "left: $(cat {_folder["pid"]})"
            """;
        var (status, output, errors) = Sample.Run(Namespaces.Shell(script, "--net"));
        Skip.If(status == 77, "the network cannot be had");
        Assert.Equal((0, ""), (status, errors));

        string[] lines = output.Split('\n');
        int daemon = int.Parse(lines[2].Split(' ')[1]);
        Assert.All(lines[..2], line => Assert.Equal(answersItself, TimeClient.Teller(line) == daemon));
        string id = NobodysNumbers().Match(File.ReadAllText("/etc/passwd")).Groups[1].Value, group = NobodysNumbers().Match(File.ReadAllText("/etc/passwd")).Groups[2].Value;
        Assert.Equal($"Uid:\t{id}\t{id}\t{id}\t{id}|Gid:\t{group}\t{group}\t{group}\t{group}|Groups:\t{group} |CapPrm:\t0000000000000000|left: ", string.Join('|', lines[3..8]));
    }

    [SkippableTheory]
    [InlineData("nobody-of-that-name", "there is no user nobody-of-that-name")]
    [InlineData("nobody:no-such-group", "there is no group no-such-group")]
    [InlineData("root", "user root is root: a daemon gives up nothing by becoming that")]
    public void Daemon_WithAUserThatItCannotBecome_SaysSoInTheForegroundAndStartsNothing(string user, string message)
    {
        var (status, output, errors) = Sample.Run(
            Sample.Path("timeserver"), "--daemon", "--address", "127.0.0.1", "--port", "0", "--pid-file", _folder["pid"], "--port-file", _folder["port"], "--user", user);

        Assert.Equal((1, "", $"timeserver: {message}\n"), (status, output, errors));
        Assert.False(File.Exists(_folder["pid"]) || File.Exists(_folder["port"]));
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"(?m)^nobody:[^:]*:(\d+):(\d+):")]
    private static partial Regex NobodysNumbers();
}
