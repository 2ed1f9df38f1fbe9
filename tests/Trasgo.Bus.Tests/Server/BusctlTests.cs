using System.Diagnostics;
using Trasgo.Linux;

namespace Trasgo.Bus.Tests.Server;

/// <summary>Debian's busctl against this server: the reference client reads what we write.</summary>
public sealed class BusctlTests
{
    [SkippableFact]
    public void Tree_ShowsTheObjects()
    {
        var output = Run("tree", TestServer.Name);
        Assert.Contains("/net/example/Spirit/unit/one_2eservice", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Introspect_ShowsTheTable()
    {
        var output = Run("introspect", TestServer.Name, TestServer.Path);
        Assert.Matches(@"\.Echo +method +s +s +-", output);
        Assert.Matches(@"\.Level +property +u +3 +emits-change writable", output);
        Assert.Matches(@"\.Version +property +s +""252"" +const", output);
        Assert.Matches(@"\.Names +property +as +2 ""a"" ""b"" +emits-invalidation", output);
        Assert.Matches(@"\.Moved +signal +so +- +-", output);
    }

    [SkippableFact]
    public void Call_EchoesText() => Assert.Equal("s \"hola\"\n", Run("call", TestServer.Name, TestServer.Path, TestServer.Name, "Echo", "s", "hola"));

    [SkippableFact]
    public void GetProperty_PrintsIt() => Assert.Equal("u 3\n", Run("get-property", TestServer.Name, TestServer.Path, TestServer.Name, "Level"));

    [SkippableFact]
    public void SetProperty_OutOfRange_IsRefused() =>
        Assert.Contains("Invalid level", Run("set-property", TestServer.Name, TestServer.Path, TestServer.Name, "Level", "u", "9"), StringComparison.Ordinal);

    [SkippableFact]
    public void List_ShowsTheNames() => Assert.Matches(@"net\.example\.Spirit +\d+ ", Run("list"));

    [SkippableFact]
    public void UnknownName_IsToldAsByTheBus() =>
        Assert.Contains("was not provided by any .service files", Run("introspect", "a.b", "/"), StringComparison.Ordinal);

    // The socket's mode would keep a stranger out already: here it does not, so that the check of the peer's uid has to.
    [SkippableFact]
    public void Stranger_IsClosedBeforeAnyReply()
    {
        Skip.IfNot(TestServer.OwnUid == 0 && File.Exists("/usr/bin/setpriv"), "only root can be somebody else");
        var output = Run(["/usr/bin/setpriv", "--reuid=65534", "--clear-groups"], 0x1B6, "list");
        Assert.DoesNotContain(TestServer.Name, output, StringComparison.Ordinal);
        Assert.NotEqual("", output);
    }

    private static string Run(params string[] arguments) => Run([], 0x180, arguments);

    private static string Run(string[] wrapper, uint mode, params string[] arguments)
    {
        Skip.IfNot(File.Exists("/usr/bin/busctl"), "busctl is not installed");
        var directory = Directory.CreateTempSubdirectory("trasgo-bus-").FullName;
        try
        {
            using var server = new TestServer();
            var path = directory + "/bus";
            Assert.Equal(Errno.None, server.Server.Listen(path, mode));
            File.SetUnixFileMode(directory, (UnixFileMode)0x1ED);
            string[] command = [.. wrapper, "/usr/bin/busctl", "--no-pager", "--full", "--address=unix:path=" + path, .. arguments];
            var start = new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            while (!process.HasExited)
            {
                server.Loop.RunOnce(10_000);
            }

            return output.Result + error.Result;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
