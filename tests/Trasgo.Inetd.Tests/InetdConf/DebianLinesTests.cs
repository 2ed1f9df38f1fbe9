using Trasgo.Engine.Tests.Units;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests.InetdConf;

/// <summary>The lines that Debian 12's packages give to update-inetd(8), and the files that they put into /etc/xinetd.d: all are understood.</summary>
public class DebianLinesTests
{
    private const string Services =
        "ftp 21/tcp\ntelnet 23/tcp\nfinger 79/tcp\npop3 110/tcp\nauth 113/tcp authentication tap ident\nnntp 119/tcp\nprinter 515/tcp spooler\nshell 514/tcp cmd\n"
        + "login 513/tcp\nexec 512/tcp\ntalk 517/udp\nntalk 518/udp\nuucp 540/tcp uucpd\nkermit 1649/tcp\ndict 2628/tcp\namanda 10080/tcp\nsane-port 6566/tcp sane\n"
        + "skkserv 1178/tcp\nsaft 487/tcp\nbootps 67/udp\npoppassd 106/tcp\nrmtcfg 1236/tcp\ntftp 69/udp\n";

    [Theory]
    [InlineData("amanda stream tcp nowait backup /usr/lib/amanda/amandad amandad -auth=bsdtcp amdump amindexd amidxtaped", 10080, "backup", "amandad|-auth=bsdtcp|amdump|amindexd|amidxtaped")]
    [InlineData("3142\tstream\ttcp\tnowait\twww-data\t/usr/sbin/apt-cacher\tapt-cacher\t-i", 3142, "www-data", "apt-cacher|-i")]
    [InlineData("printer stream tcp nowait lp /usr/lib/cups/daemon/cups-lpd cups-lpd", 515, "lp", "cups-lpd")]
    [InlineData("skkserv\t\tstream\ttcp\tnowait\tnobody\t/usr/sbin/tcpd\t/usr/sbin/dbskkd-cdb", 1178, "nobody", "/usr/sbin/dbskkd-cdb")]
    [InlineData("dict\tstream\ttcp\tnowait\tdictd.dictd\t/usr/sbin/tcpd\t/usr/sbin/dictd --inetd", 2628, "dictd:dictd", "/usr/sbin/dictd|--inetd")]
    [InlineData("finger\t\tstream\ttcp\tnowait\tefingerd\t/usr/sbin/tcpd\t/usr/sbin/efingerd -n", 79, "efingerd", "/usr/sbin/efingerd|-n")]
    [InlineData("finger\t\tstream\ttcp\tnowait\tnobody\t/usr/sbin/tcpd\t/usr/sbin/in.fingerd", 79, "nobody", "/usr/sbin/in.fingerd")]
    [InlineData("ident\t\tstream\ttcp\tnowait\tnobody\t/usr/sbin/nullidentd\tnullidentd", 113, "nobody", "nullidentd")]
    [InlineData("ident\t\tstream\ttcp\tnowait\tnobody\t/usr/sbin/identd identd -i", 113, "nobody", "identd|-i")]
    [InlineData("80\tstream\ttcp\tnowait nobody:www-data\t/usr/sbin/tcpd /usr/sbin/micro-httpd /var/www/html", 80, "nobody:www-data", "/usr/sbin/micro-httpd|/var/www/html")]
    [InlineData("rmtcfg  stream  tcp     nowait  root    /usr/sbin/p10cfgd  p10cfgd", 1236, null, "p10cfgd")]
    [InlineData("pop3\t\tstream\ttcp\tnowait\troot\t/usr/sbin/tcpd\t/usr/sbin/popa3d", 110, null, "/usr/sbin/popa3d")]
    [InlineData("pop3\tstream\ttcp\tnowait\troot.mail\t/usr/sbin/tcpd\t/usr/sbin/solid-pop3d", 110, "root:mail", "/usr/sbin/solid-pop3d")]
    [InlineData("shell\t\tstream\ttcp\tnowait\troot\t/usr/sbin/tcpd\t/usr/sbin/in.rshd", 514, null, "/usr/sbin/in.rshd")]
    [InlineData("nntp stream tcp nowait news.news /usr/sbin/tcpd /usr/sbin/snntpd logger -p news.info", 119, "news:news", "/usr/sbin/snntpd|logger|-p|news.info")]
    [InlineData("sane-port\tstream\ttcp\tnowait\tsaned:saned\t/usr/sbin/saned saned", 6566, "saned:saned", "saned")]
    [InlineData("telnet\tstream\ttcp\tnowait\troot\t/usr/sbin/tcpd\t/usr/sbin/telnetd", 23, null, "/usr/sbin/telnetd")]
    public void StreamLine_OfAPackage_IsAConnectionForEachFamily(string line, int port, string? account, string arguments)
    {
        var services = Read(line, out var sink);

        Assert.Empty(sink.Items);
        Assert.Equal([$"0.0.0.0:{port}", $"[::]:{port}"], services.Select(static service => service.Address));
        Assert.All(services, service =>
        {
            Assert.False(service.Wait);
            Assert.Equal(account, service.User is null ? null : service.Group is { } group ? $"{service.User}:{group}" : service.User);
            Assert.Equal(arguments, string.Join('|', service.Arguments));
            Assert.Empty(new ReadService(service).Complaints);
        });
    }

    [Theory]
    [InlineData("ntalk\tdgram\tudp4\twait\troot\t/usr/sbin/tcpd\t/usr/sbin/talkd", "0.0.0.0:518")]
    [InlineData("talk\t\tdgram\tudp\twait\tnobody.tty\t/usr/sbin/in.talkd\tin.talkd", "0.0.0.0:517 [::]:517")]
    [InlineData("bootps\t\tdgram\tudp\twait\troot\t/usr/sbin/bootpd\tbootpd -i -t 120", "0.0.0.0:67 [::]:67")]
    public void DatagramLine_OfAPackage_HasTheSocket(string line, string addresses)
    {
        var services = Read(line, out var sink);

        Assert.Empty(sink.Items);
        Assert.Equal(addresses, string.Join(' ', services.Select(static service => service.Address)));
        Assert.All(services, static service => Assert.True(service.Wait));
    }

    [Fact]
    public void RpcLine_OfRstatd_IsRefusedWithItsReason()
    {
        Assert.Empty(Read("rstatd/1-5\tdgram\trpc/udp\twait\tnobody\t/usr/sbin/tcpd\t/usr/sbin/rpc.rstatd", out var sink));
        Assert.Equal((Severity.Error, 1), (sink.Items[0].Severity, sink.Items[0].Line));
        Assert.StartsWith("RPC services are not offered", sink.Items[0].Message, StringComparison.Ordinal);
    }

    /// <summary>update-inetd(8) switches lines off by a comment of its own, and adds others switched off.</summary>
    [Theory]
    [InlineData("#<off># telnet\tstream\ttcp\tnowait\troot\t/usr/sbin/tcpd\t/usr/sbin/telnetd")]
    [InlineData("#disabled#poppassd\tstream\ttcp\tnowait\troot\t/usr/sbin/tcpd\t/usr/sbin/poppassd")]
    [InlineData("## finger stream tcp nowait nobody /usr/sbin/tcpd /usr/sbin/in.fingerd")]
    [InlineData("#:STANDARD: These are standard services.")]
    public void Line_ThatIsSwitchedOff_IsNone(string line)
    {
        Assert.Empty(Read(line, out var sink));
        Assert.Empty(sink.Items);
    }

    [Theory]
    [InlineData("amanda", "disable = no\nflags = IPv4\nsocket_type = stream\nprotocol = tcp\nwait = no\nuser = backup\ngroup = disk\ngroups = yes\nserver = /usr/lib/amanda/amandad\nserver_args = -auth=bsdtcp amdump amindexd", "0.0.0.0:10080")]
    [InlineData("tangd", "port = 8888\nserver_args = /var/lib/tang\nserver = /usr/libexec/tangdw\nsocket_type = stream\nuser = _tang\ngroup = _tang\nwait = no\nlog_on_success += USERID\nlog_on_failure += USERID\ndisable = no\ntype = UNLISTED", "[::]:8888")]
    [InlineData("csync2", "flags = REUSE\nsocket_type = stream\nwait = no\nuser = root\ngroup = root\nserver = /usr/sbin/csync2\nserver_args = -i -l\nport = 30865\ntype = UNLISTED\ndisable = no", "[::]:30865")]
    [InlineData("ftp", "disable = no\nsocket_type = stream\nwait = no\nuser = root\nserver = /usr/local/sbin/vsftpd\nper_source = 5\ninstances = 200\nno_access = 192.168.1.3\nlog_on_success += PID HOST DURATION\nlog_on_failure += HOST", "[::]:21")]
    public void XinetdFile_OfAPackage_IsAService(string name, string lines, string address)
    {
        var files = new MemoryFiles();
        files.Write(XinetdGenerator.ConfigurationFile, "includedir /etc/xinetd.d\n");
        files.Write($"{XinetdGenerator.ConfigurationDirectory}/{name}", $"service {name}\n{{\n{lines}\n}}\n");
        var sink = new DiagnosticList();

        var service = Assert.Single(new XinetdGenerator(files, Host, new GeneratorSettings(), sink).Read().Services);

        Assert.Empty(sink.Items);
        Assert.Equal(address, service.Address);
        Assert.Equal(name == "amanda" || name == "ftp" || name == "csync2", service.InitGroups);
    }

    private static HostTables Host => new(ServiceNames.Parse(Services), HostNames.Parse(""), HasIPv6: true);

    private static List<SuperService> Read(string line, out DiagnosticList sink)
    {
        var files = new MemoryFiles();
        files.Write(InetdGenerator.ConfigurationFile, line + "\n");
        sink = new DiagnosticList();
        return new InetdGenerator(files, Host, new GeneratorSettings(), sink).Read();
    }
}
