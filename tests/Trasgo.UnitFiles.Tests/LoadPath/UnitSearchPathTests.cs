using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Tests.Support;

namespace Trasgo.UnitFiles.Tests.LoadPath;

public class UnitSearchPathTests
{
    [SkippableTheory]
    [InlineData("")]
    [InlineData("HOME=/home/u XDG_RUNTIME_DIR=/run/user/7")]
    [InlineData("HOME=/home/u XDG_CONFIG_HOME=/c XDG_DATA_HOME=/d XDG_CONFIG_DIRS=/c1:/c2 XDG_DATA_DIRS=/d1:/usr/share:/d2 XDG_RUNTIME_DIR=/r")]
    [InlineData("HOME=/home/u SYSTEMD_UNIT_PATH=/a:/b//c/")]
    [InlineData("HOME=/home/u SYSTEMD_UNIT_PATH=/a:/etc/systemd/system:")]
    [InlineData("HOME=/home/u SYSTEMD_UNIT_PATH=:")]
    public void All_Environments_AreSystemds(string environment)
    {
        Oracle.Require("systemd-analyze");
        var env = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(e => e.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        foreach (var (option, scope) in new[] { ("--system", RuntimeScope.System), ("--user", RuntimeScope.User), ("--global", RuntimeScope.Global) })
        {
            if (scope == RuntimeScope.User && !env.ContainsKey("HOME"))
            {
                continue;
            }

            var (code, output, error) = Oracle.Run(
                "env", ["-i", "PATH=/usr/bin:/bin", .. env.Select(e => $"{e.Key}={e.Value}"), "systemd-analyze", option, "unit-paths"]);
            Assert.True(code == 0, error);
            Assert.Equal($"{option}\n{output.Trim()}", $"{option}\n{string.Join('\n', UnitSearchPath.For(scope, env).All)}");
        }
    }

    [Fact]
    public void For_Root_IsOnlyShown()
    {
        var search = UnitSearchPath.For(RuntimeScope.System, new Dictionary<string, string>(), "/mnt//x/");
        Assert.Equal("/mnt/x", search.Root);
        Assert.Equal("/mnt/x/etc/systemd/system", search.Outside(search.PersistentConfig!));
        Assert.Null(UnitSearchPath.For(RuntimeScope.System, new Dictionary<string, string>(), "//").Root);
    }
}
