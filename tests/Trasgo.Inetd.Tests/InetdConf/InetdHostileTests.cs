using System.Text;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests.InetdConf;

/// <summary>Lines that somebody made to become more than a line.</summary>
public sealed class InetdHostileTests
{
    private static readonly string[] s_words =
    [
        "ftp", "stream", "tcp", "nowait", "root", "/bin/cat", "internal", "echo", "127.0.0.1:", "::", "[", "]:", "\\", "\"", "'", "%", "%n", "$", ";", "\n", "\n ", "\t", "#",
        "\0", "\r", "[Service]", "ExecStart=/bin/sh", "=", ",", ".", "/", "unix", "udp6", "dgram", "wait.5", "nobody:nogroup", "\u2028", "\u0085", "\u001b[31m", "rcvbuf=1k", "rpc/tcp",
    ];

    private static readonly HashSet<string> s_settings =
    [
        "Description", "Documentation", "SourcePath", "PartOf", "CollectMode", "StartLimitIntervalSec", "ListenStream", "ListenDatagram", "ListenSequentialPacket",
        "BindIPv6Only", "Accept", "FreeBind", "RemoveOnStop", "Backlog", "SendBuffer", "ReceiveBuffer", "TriggerLimitBurst", "TriggerLimitPauseSec", "MaxConnections",
        "TriggerLimitIntervalSec", "ExecStart", "User", "Group", "StandardInput", "StandardOutput", "StandardError", "KillMode", "IgnoreSIGPIPE", "WorkingDirectory", "NoNewPrivileges",
    ];

    [Theory]
    [InlineData("ftp stream tcp4 nowait root /bin/cat x\\")]
    [InlineData("ftp stream tcp4 nowait root /bin/cat x\u2028[Service]\u2028ExecStart=/bin/sh")]
    [InlineData("/run/x\u0085ExecStart=/bin/sh stream unix nowait root /bin/cat")]
    [InlineData("/run/%n\\ stream unix nowait root /bin/cat")]
    [InlineData("ftp stream tcp4 nowait ro%not /bin/cat")]
    [InlineData("ftp stream tcp4 nowait root /bin/c%nat cat\\")]
    public void Unit_OfAHostileLine_HasOurSettingsOnly(string line)
    {
        var read = new ReadService(InetdWorld.One(line));

        Check(read);
    }

    [Fact]
    public void Units_OfRandomWords_HaveOurSettingsOnly()
    {
        var random = new Random(20_240_601);
        var made = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder();
            for (var word = random.Next(1, 14); word > 0; word--)
            {
                text.Append(s_words[random.Next(s_words.Length)]).Append(random.Next(4) > 0 ? " " : "");
            }

            // A good start makes it likely that there is something to check.
            foreach (var service in new InetdWorld().Read(random.Next(2) == 0 ? "ftp stream tcp4 nowait root /bin/cat " + text : text.ToString()))
            {
                Check(new ReadService(service));
                made++;
            }
        }

        Assert.True(made > 5000, $"{made} services");
    }

    [Fact]
    public void Lines_OfRandomBytes_DoNotThrow()
    {
        var random = new Random(7);
        var bytes = new byte[300];
        for (var round = 0; round < 5000; round++)
        {
            random.NextBytes(bytes);
            var text = ByteText.Decode(bytes);

            // Some that are lines at least.
            var services = new InetdWorld().Read(round % 2 == 0 ? text : "7 stream tcp4 nowait root /bin/" + text.Replace('\n', ' '));

            Assert.All(services, static service => Check(new ReadService(service)));
        }
    }

    private static void Check(ReadService read)
    {
        Assert.All(read.Keys, static key => Assert.Contains(key[(key.LastIndexOf('.') + 1)..], s_settings));
        Assert.Equal(read.Keys.Distinct().Count(), read.Keys.Count);
        Assert.Single(read.Service.ExecStart);
    }
}
