using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec.Tests;

public sealed class ExecDirectoriesTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    private ExecConfig Config => _fixture.Config;

    public void Dispose() => _fixture.Dispose();

    [SkippableFact]
    public void Directories_OfAUser_AreMadeOwnedAndNamed()
    {
        ExecFixture.NeedRoot();
        Config.User = "nobody";
        Config.RuntimeDirectory.Items.Add(new ExecDirectoryItem("a/b", []));
        Config.RuntimeDirectory.Items.Add(new ExecDirectoryItem("c", ["link"]));
        Config.RuntimeDirectory.Mode = 0x1E8;
        Config.StateDirectory.Items.Add(new ExecDirectoryItem("s", []));

        var output = _fixture.Output(_fixture.Shell("echo $RUNTIME_DIRECTORY $STATE_DIRECTORY; touch $STATE_DIRECTORY/mine"));

        var run = $"{_fixture.Directory}/run";
        Assert.Equal($"{run}/a/b:{run}/c {_fixture.Directory}/lib/s\n", output);
        var status = FileSystem.Status($"{run}/a/b").OrThrow("stat");
        Assert.Equal((0x1E8u, 65534u), (status.Permissions, status.Uid));
        Assert.Equal(0u, FileSystem.Status($"{run}/a").Value.Uid);
        Assert.Equal("c", FileSystem.ReadLink($"{run}/link").Value);
    }

    [SkippableFact]
    public void Tree_OfAnotherOwner_IsGivenToTheUserWithoutFollowingLinks()
    {
        ExecFixture.NeedRoot();
        var state = Directory.CreateDirectory($"{_fixture.Directory}/lib/s/deep/deeper").FullName;
        var outside = $"{_fixture.Directory}/outside";
        File.WriteAllText(outside, string.Empty);
        File.WriteAllText($"{state}/file", string.Empty);
        File.CreateSymbolicLink($"{state}/link", outside);
        Config.User = "nobody";
        Config.StateDirectory.Items.Add(new ExecDirectoryItem("s", []));

        _fixture.Output(_fixture.Parameters("/bin/true"));

        Assert.Equal(65534u, FileSystem.Status($"{state}/file").Value.Uid);
        Assert.Equal(65534u, FileSystem.Status($"{state}/link", followLinks: false).Value.Uid);
        Assert.Equal(65534u, FileSystem.Status(state).Value.Uid);
        Assert.Equal(0u, FileSystem.Status(outside).Value.Uid); // CVE-2018-6954, CVE-2017-18078
    }

    [Fact]
    public void Directory_WhereAFileIs_FailsAtItsStep()
    {
        Directory.CreateDirectory($"{_fixture.Directory}/cache");
        File.WriteAllText($"{_fixture.Directory}/cache/c", string.Empty);
        Config.CacheDirectory.Items.Add(new ExecDirectoryItem("c", []));

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Equal((239, SpawnStep.CacheDirectory, Errno.ENOTDIR), (exit!.Value.Status, result.Spawn.FailedStep, result.Spawn.Error));
        Assert.Contains("CACHE_DIRECTORY", result.Message);
    }

    [SkippableFact]
    public void ConfigurationDirectory_ThatExists_IsLeftAsItIs()
    {
        ExecFixture.NeedRoot();
        Directory.CreateDirectory($"{_fixture.Directory}/etc/c");
        File.SetUnixFileMode($"{_fixture.Directory}/etc/c", (UnixFileMode)0x1C0);
        Config.User = "nobody";
        Config.ConfigurationDirectory.Items.Add(new ExecDirectoryItem("c", []));

        _fixture.Output(_fixture.Parameters("/bin/true"));

        var status = FileSystem.Status($"{_fixture.Directory}/etc/c").Value;
        Assert.Equal((0x1C0u, 0u), (status.Permissions, status.Uid));
    }

    [Fact]
    public void RuntimeDirectory_WhenTheUnitIsDown_IsRemovedButNothingBehindLinks()
    {
        Config.RuntimeDirectory.Items.Add(new ExecDirectoryItem("r", ["alias"]));
        _fixture.Output(_fixture.Parameters("/bin/true"));
        var outside = Directory.CreateDirectory($"{_fixture.Directory}/outside").FullName;
        File.WriteAllText($"{outside}/precious", string.Empty);
        Directory.CreateDirectory($"{_fixture.Directory}/run/r/deep");
        File.CreateSymbolicLink($"{_fixture.Directory}/run/r/deep/out", outside);

        ExecDirectories.RemoveRuntime(Config, _fixture.Host.Directories);

        Assert.False(Path.Exists($"{_fixture.Directory}/run/r"));
        Assert.False(Path.Exists($"{_fixture.Directory}/run/alias"));
        Assert.True(File.Exists($"{outside}/precious"));
    }
}
