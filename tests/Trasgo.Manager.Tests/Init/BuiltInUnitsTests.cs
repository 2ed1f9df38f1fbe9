using System.Diagnostics;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager.Tests;

public sealed class BuiltInUnitsTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void Units_OnAnEmptyHost_AreAllWrittenUnderValidNames()
    {
        var log = new FakeLog();
        var written = BuiltInUnits.Write(Search(RuntimeScope.System), new RealFileSystem(_root.Path), log);

        Assert.Empty(log.Lines);
        Assert.Equal(written.Distinct(), written);
        Assert.All(written, static name => Assert.True(UnitName.TryParse(name, out _), name));
        Assert.All(written, name => Assert.True(File.Exists(Late(name)), name));
        Assert.Contains("default.target", written);
        Assert.Contains("systemd-poweroff.service", written);
    }

    [Fact]
    public void Units_ThatTheHostProvides_AreLeftAlone()
    {
        Directory.CreateDirectory(_root["etc/systemd/system"]);
        Directory.CreateDirectory(_root["usr/lib/systemd/system"]);
        File.WriteAllText(_root["usr/lib/systemd/system/basic.target"], "[Unit]\n");
        File.CreateSymbolicLink(_root["etc/systemd/system/swap.target"], "/dev/null");
        File.CreateSymbolicLink(_root["etc/systemd/system/default.target"], "/usr/lib/systemd/system/basic.target");

        var written = BuiltInUnits.Write(Search(RuntimeScope.System), new RealFileSystem(_root.Path), new FakeLog());

        Assert.Contains("sysinit.target", written);
        Assert.All(["basic.target", "swap.target", "default.target"], name => Assert.DoesNotContain(name, written));
    }

    [Fact]
    public void Units_OnAHostThatHasSystemdsSet_AreNotWritten()
    {
        Directory.CreateDirectory(_root["usr/lib/systemd/system"]);
        File.WriteAllText(_root["usr/lib/systemd/system/sysinit.target"], "[Unit]\n");

        Assert.Empty(BuiltInUnits.Write(Search(RuntimeScope.System), new RealFileSystem(_root.Path), new FakeLog()));
    }

    [SkippableTheory]
    [InlineData(true, "multi-user.target", "graphical.target", "rescue.target", "emergency.target", "poweroff.target", "reboot.target", "halt.target", "exit.target", "kexec.target")]
    [InlineData(false, "default.target", "exit.target", "graphical-session.target", "app.slice", "background.slice")]
    public void Units_GivenToSystemd_AreFlawless(bool system, params string[] names)
    {
        Skip.IfNot(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed");
        var scope = system ? RuntimeScope.System : RuntimeScope.User;
        Assert.NotEmpty(BuiltInUnits.Write(Search(scope), new RealFileSystem(_root.Path), new FakeLog()));
        var directory = Path.GetDirectoryName(Late("x", system))!;

        var start = new ProcessStartInfo("/usr/bin/systemd-analyze", [system ? "--system" : "--user", "--man=no", "verify", .. names.Select(name => Path.Combine(directory, name))])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["SYSTEMD_UNIT_PATH"] = directory;
        start.Environment["XDG_RUNTIME_DIR"] = _root.Path;
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal((0, ""), (process.ExitCode, complaints));
    }

    private static UnitSearchPath Search(RuntimeScope scope) => UnitSearchPath.For(
        scope,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["XDG_RUNTIME_DIR"] = "/run/user/1", ["HOME"] = "/home/x" });

    private string Late(string name, bool system = true) =>
        _root[(system ? "run/systemd/generator.late/" : "run/user/1/systemd/generator.late/") + name];
}
