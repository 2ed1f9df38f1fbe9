using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd.Tests.InetdConf;

/// <summary>What a line of inetd.conf starts, and as whom.</summary>
public sealed class InetdServerTests
{
    [Theory]
    [InlineData("/bin/cat cat -n", "/bin/cat", "cat|-n")]
    [InlineData("/usr/sbin/tcpd /usr/sbin/in.ftpd -l", "/usr/sbin/tcpd", "/usr/sbin/in.ftpd|-l")]
    [InlineData("/usr/sbin/in.ftpd", "/usr/sbin/in.ftpd", "in.ftpd")]
    [InlineData("/bin/sh sh -c \"echo $HOME;exit", "/bin/sh", "sh|-c|\"echo|$HOME;exit")]
    [InlineData("/bin/x % %% %n %H $$ ${A} ; \\ \\n ' -@+!:", "/bin/x", "%|%%|%n|%H|$$|${A}|;|\\|\\n|'|-@+!:")]
    [InlineData("/bin/%h @", "/bin/%h", "@")]
    [InlineData("/bin/x \u00e4\u0001\u00a0 [Unit] Wants=a.service", "/bin/x", "\u00e4\u0001\u00a0|[Unit]|Wants=a.service")]
    public void Server_OfALine_GetsExactlyItsArguments(string words, string path, string arguments)
    {
        var read = new ReadService(InetdWorld.One("ftp stream tcp4 nowait root " + words));

        Assert.Empty(read.Complaints);
        var command = Assert.Single(read.Service.ExecStart);
        Assert.Equal(path, command.Path);
        Assert.Equal(arguments, string.Join('|', command.Argv));
        Assert.True(command.Flags.HasFlag(ExecCommandFlags.NoEnvExpand));
        Assert.False(command.IgnoreFailure);
    }

    [Theory]
    [InlineData("root", null, null)]
    [InlineData("root.staff", "root", "staff")]
    [InlineData("nobody", "nobody", null)]
    [InlineData("nobody.nogroup", "nobody", "nogroup")]
    [InlineData("nobody:nogroup", "nobody", "nogroup")]
    [InlineData("john.doe:nogroup", "john.doe", "nogroup")]
    [InlineData("nobody:", "nobody", null)]
    [InlineData("_ftp-d", "_ftp-d", null)]
    public void User_OfALine_IsTheUnits(string field, string? user, string? group)
    {
        var read = new ReadService(InetdWorld.One($"ftp stream tcp4 nowait {field} /bin/cat"));

        Assert.Empty(read.Complaints);
        Assert.Equal((user, group), (read.Service.Exec.User, read.Service.Exec.Group));
    }

    [Theory]
    [InlineData(":staff")]
    [InlineData("a:b:c")]
    [InlineData("4294967295")]
    [InlineData("a/b")]
    public void User_ThatCannotBe_IsAnError(string field)
    {
        var world = new InetdWorld();

        Assert.Empty(world.Read($"ftp stream tcp4 nowait {field} /bin/cat\n"));

        Assert.Equal([$"1: '{field}' is no name of a user, nor USER:GROUP."], world.Messages);
    }

    [Theory]
    [InlineData("wait", true, 256U)]
    [InlineData("wait.12", true, 12U)]
    [InlineData("nowait", false, 256U)]
    [InlineData("nowait.60", false, 60U)]
    [InlineData("nowait:60", false, 60U)]
    public void Wait_OfAStream_SaysWhoAccepts(string field, bool wait, uint rate)
    {
        var service = InetdWorld.One($"ftp stream tcp4 {field} root /bin/cat");

        Assert.Equal(wait, service.Wait);
        Assert.Equal(wait ? "inetd-ftp-tcp4.service" : "inetd-ftp-tcp4@.service", service.ServiceUnit);
        Assert.Equal(new StartRate(rate, 60, 600), service.Rate);
        var socket = new ReadService(service).Socket;
        Assert.Equal((60_000_000UL, rate, 600_000_000UL), (socket.TriggerLimitInterval, socket.TriggerLimitBurst, socket.TriggerLimitPause));
        Assert.Equal(!wait, socket.Accept);
    }

    [Fact]
    public void Rate_OnAPortThatAnyUserCouldTake_PausesUntilTheMinuteIsOver()
    {
        Assert.Equal(new StartRate(9, 60, 0), InetdWorld.One("7000 stream tcp4 nowait.9 root /bin/cat").Rate);
        Assert.Equal(new StartRate(9, 60, 600), InetdWorld.One("/run/x stream unix nowait.9 root /bin/cat").Rate);
    }

    [Theory]
    [InlineData("stream tcp4 nowait.x", "'x' is no number of starts in a minute; the default is taken.", false)]
    [InlineData("stream tcp4 wait.0", "'0' is no number of starts in a minute; the default is taken.", true)]
    [InlineData("stream tcp4 Wait", "'Wait' is neither wait nor nowait and taken for nowait.", false)]
    [InlineData("dgram udp4 nowait", "A datagram server has the socket until it ends: nowait means wait here.", true)]
    [InlineData("dgram tcp4 wait", "A dgram socket does not speak tcp4; the socket type counts, as in inetd.", true)]
    public void Line_ThatInetdTakesAnotherWay_IsTold(string middle, string message, bool wait)
    {
        var world = new InetdWorld();

        Assert.Equal(wait, Assert.Single(world.Read($"99 {middle} root /bin/cat\n")).Wait);

        Assert.Equal(["1: " + message], world.Messages);
    }

    [Theory]
    [InlineData("ftp stream tcp nowait root", "A line has a service, a socket type, a protocol, wait or nowait, a user and a server; this has 5 fields of six.")]
    [InlineData("ftp", "A line has a service, a socket type, a protocol, wait or nowait, a user and a server; this has 1 fields of six.")]
    [InlineData("ftp stream tcp4 nowait root in.ftpd", "The server 'in.ftpd' is no absolute path that a unit could have.")]
    [InlineData("ftp stream tcp4 nowait root /bin/c\\at", "The server '/bin/c\\at' is no absolute path that a unit could have.")]
    [InlineData("ftp stream tcp4 nowait root internal", "There is no internal service 'ftp': echo, discard, chargen, daytime and time are, by these names.")]
    [InlineData("13 stream tcp4 nowait root internal", "There is no internal service '13': echo, discard, chargen, daytime and time are, by these names.")]
    [InlineData("ftp stream tcp4 nowait root /bin/c\0at", "The line holds a NUL.")]
    public void Line_WithoutAServer_IsAnError(string line, string message)
    {
        var world = new InetdWorld();

        Assert.Empty(world.Read(line + "\n"));

        Assert.Equal(["1: " + message], world.Messages);
        Assert.Equal([Severity.Error], world.Severities);
    }

    [Theory]
    [InlineData("daytime stream tcp4 nowait")]
    [InlineData("echo dgram udp4 wait")]
    public void InternalService_OfALine_IsOneProcessWithoutRights(string start)
    {
        var service = InetdWorld.One(start + " root internal");
        var read = new ReadService(service);

        Assert.Empty(read.Complaints);
        Assert.True(service.Wait);
        Assert.Equal(["trasgo", "inetd-internal", start.Split(' ')[0]], Assert.Single(read.Service.ExecStart).Argv);
        Assert.Equal(("65534", "65534", true), (read.Service.Exec.User, read.Service.Exec.Group, read.Service.Exec.NoNewPrivileges));
    }

    [Fact]
    public void Server_OfAnyLine_TalksToTheClientWithTwoOfItsStreams()
    {
        var read = new ReadService(InetdWorld.One("ftp stream tcp4 nowait nobody /bin/cat"));

        Assert.Equal(ExecInput.Socket, read.Service.Exec.StandardInput);
        Assert.Equal((ExecOutput.Socket, ExecOutput.Journal), (read.Service.Exec.StandardOutput, read.Service.Exec.StandardError));
        Assert.Equal(KillMode.Process, read.Service.Kill.KillMode);
        Assert.False(read.Service.Exec.IgnoreSigPipe);
    }

    [Fact]
    public void Servers_WithoutRootsRights_RunAsTheOnlyUserOrNotAtAll()
    {
        var world = new InetdWorld { Settings = new GeneratorSettings { OnlyUser = "me" } };

        var services = world.Read("8001 stream tcp4 nowait me:staff /bin/cat\n8002 stream tcp4 nowait root /bin/cat\necho stream tcp4 nowait root internal\n");

        Assert.Equal(["inetd-8001-tcp4", "inetd-echo-tcp4"], services.Select(static service => service.Name));
        Assert.All(services, static service => Assert.Equal((null, null), (service.User, service.Group)));
        Assert.Equal(["2: Without root's rights servers run as me only, not as root."], world.Messages);
    }
}
