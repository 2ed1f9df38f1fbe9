using System.Text;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests.Xinetd;

/// <summary>Entries that somebody made to become more than an entry, and bytes that are none.</summary>
public sealed class XinetdHostileTests
{
    private static readonly string[] s_lines =
    [
        "id = %n\\", "server_args = \\ %n ; \" ' [Service] ExecStart=/bin/sh", "env = A=%n\\ B=\"", "banner = /x%n\"\\", "log_type = FILE /l%n\\", "only_from = ::ffff:1.2.3.4 {",
        "bind = ::", "user = a%n", "group = x\\", "server = /b%in\\", "redirect = ::1 1", "umask = 07", "rlimit_as = 1M", "passenv = A B", "log_on_success = PID HOST EXIT", "cps = 1 1",
        "flags = NAMEINARGS IPv4", "socket_type = dgram", "type = INTERNAL UNLISTED", "wait = yes", "\u0085 = 1", "}", "{", "service \\", "access_times = 0:00-1:00", "max_load = 1",
    ];

    [Fact]
    public void Units_OfRandomLines_ReadBackWithoutOtherSettings()
    {
        var random = new Random(3);
        var made = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var lines = new StringBuilder();
            for (var line = random.Next(6); line > 0; line--)
            {
                lines.Append(s_lines[random.Next(s_lines.Length)]).Append('\n');
            }

            foreach (var service in new XinetdWorld().Read(XinetdWorld.Entry(lines.ToString(), random.Next(2) == 0 ? "echo" : "a%n\\b")))
            {
                var read = new ReadService(service);
                Assert.Equal(read.Keys.Distinct().Count(), read.Keys.Count);
                Assert.Single(read.Service.ExecStart);
                Assert.Equal(service.Arguments, read.Service.ExecStart[0].Argv);
                made++;
            }
        }

        Assert.True(made > 2000, $"{made} services");
    }

    [Fact]
    public void Files_OfRandomBytes_DoNotThrow()
    {
        var random = new Random(4);
        var bytes = new byte[400];
        for (var round = 0; round < 5000; round++)
        {
            random.NextBytes(bytes);
            var text = ByteText.Decode(bytes);

            _ = new XinetdWorld().Read(text);
            _ = new XinetdWorld().Read(XinetdWorld.Entry("server_args = " + text));
        }
    }
}
