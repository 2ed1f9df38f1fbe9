using Trasgo.Linux;

namespace Trasgo.Manager.Tests;

public sealed class HostSetupTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly FakeLog _log = new();

    public void Dispose() => _root.Dispose();

    [SkippableFact]
    public void ApiFileSystems_InAnEmptyRoot_AreMountedOnceAndUsable()
    {
        Skip.IfNot(ProcessControl.EffectiveUid == 0, "mounting needs root");
        foreach (var name in (string[])["proc", "sys", "dev", "run"])
        {
            Directory.CreateDirectory(_root[name]);
        }

        OwnNamespace.Run(OwnNamespace.Mounts, () =>
        {
            // Not the kernel's one devtmpfs, which the machine itself uses.
            Assert.Equal(Errno.None, Mounting.Mount("tmpfs", _root["dev"], "tmpfs"));
            var systems = new ApiFileSystems(_log, _root.Path);
            systems.MountMissing();
            systems.MountMissing();

            Assert.All(["proc", "sys", "dev", "run", "dev/shm"], name => Assert.True(PathConditions.IsMountPoint(_root[name]), name));
            Assert.Equal("1", File.ReadAllText(_root["proc/1/stat"])[..1]);
            Assert.True(FileSystem.Status(_root["dev/null"]).Value.IsNullDevice);
            Assert.Equal("/proc/self/fd/1", FileSystem.ReadLink(_root["dev/stdout"]).Value);
            Assert.True(FileSystem.MountedOn(_root["sys/fs/cgroup"]).Value.Type == 0x63677270 || File.Exists(_root["sys/fs/cgroup/systemd/cgroup.procs"]));

            // Mounted once: a second mount would need a second unmount.
            Assert.Equal(Errno.None, Mounting.Unmount(_root["run"]));
            Assert.False(PathConditions.IsMountPoint(_root["run"]));
        });

        Assert.False(PathConditions.IsMountPoint(_root["proc"]));
    }

    [SkippableFact]
    public void Loopback_InANewNetwork_ComesUp()
    {
        Skip.IfNot(ProcessControl.EffectiveUid == 0, "a network namespace needs root");
        OwnNamespace.Run(OwnNamespace.Network, static () =>
        {
            Assert.False(NetworkInterface.IsUp("lo").Value);
            Assert.Equal(Errno.None, NetworkInterface.BringUp("lo"));
            Assert.Equal(Errno.None, NetworkInterface.BringUp("lo"));
            Assert.True(NetworkInterface.IsUp("lo").Value);
            Assert.Equal(Errno.ENODEV, NetworkInterface.BringUp("none"));
        });
    }

    [Fact]
    public void RuntimeDirectories_Made_HaveTheirModes()
    {
        Directory.CreateDirectory(_root["run"]);

        new HostSetup(_log, _root.Path).MakeDirectories();

        Assert.Equal(0x1EDu, FileSystem.Status(_root["run/systemd/system"]).Value.Permissions);
        Assert.Equal(0x3FFu, FileSystem.Status(_root["run/lock"]).Value.Permissions);
        Assert.Equal(0u, FileSystem.Status(_root["run/systemd/inaccessible/fifo"]).Value.Permissions);
    }

    [Theory]
    [InlineData("# comment\n\n  box.example \n", "box.example")]
    [InlineData("first\nsecond\n", "first")]
    [InlineData("bad name\n", null)]
    [InlineData("-bad\n", null)]
    [InlineData("a..b\n", null)]
    [InlineData("", null)]
    public void HostName_InItsFile_IsTheFirstValidLine(string text, string? expected)
    {
        Directory.CreateDirectory(_root["etc"]);
        File.WriteAllText(_root["etc/hostname"], text);

        Assert.Equal(expected, new HostSetup(_log, _root.Path).ReadHostName());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("uninitialized\n", true)]
    [InlineData("", false)]
    public void MachineId_Missing_IsMade(string? before, bool isFirstBoot)
    {
        Directory.CreateDirectory(_root["etc"]);
        Directory.CreateDirectory(_root["run/systemd"]);
        if (before is not null)
        {
            File.WriteAllText(_root["etc/machine-id"], before);
        }

        var setup = new HostSetup(_log, _root.Path);
        setup.SetMachineId();

        var id = File.ReadAllText(_root["etc/machine-id"]);
        Assert.True(MachineId.TryParse(id.TrimEnd('\n'), out _), id);
        Assert.Equal(isFirstBoot, setup.IsFirstBoot);
        Assert.Equal(isFirstBoot, File.Exists(_root["run/systemd/first-boot"]));
    }

    [Fact]
    public void MachineId_ThatIsThere_IsKept()
    {
        Directory.CreateDirectory(_root["etc"]);
        File.WriteAllText(_root["etc/machine-id"], "0123456789abcdef0123456789abcdef\n");

        var setup = new HostSetup(_log, _root.Path);
        setup.SetMachineId();

        Assert.False(setup.IsFirstBoot);
        Assert.Equal("0123456789abcdef0123456789abcdef\n", File.ReadAllText(_root["etc/machine-id"]));
    }

    [Fact]
    public void MachineId_OfDbus_IsTakenOver()
    {
        Directory.CreateDirectory(_root["etc"]);
        Directory.CreateDirectory(_root["var/lib/dbus"]);
        File.WriteAllText(_root["var/lib/dbus/machine-id"], "fedcba9876543210fedcba9876543210\n");

        new HostSetup(_log, _root.Path).SetMachineId();

        Assert.Equal("fedcba9876543210fedcba9876543210\n", File.ReadAllText(_root["etc/machine-id"]));
    }
}
