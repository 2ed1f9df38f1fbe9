using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>What is told of a mount from its path and its options.</summary>
public class MountPointTests
{
    [Theory]
    [InlineData("rw,nosuid,nodev", "rw,size=10k", "rw,nosuid,nodev,size=10k")]
    [InlineData("ro,relatime", "rw,mode=755", "ro,relatime,mode=755")]
    [InlineData("rw,relatime", "ro", "ro,relatime")]
    [InlineData("rw,nodev", "", "rw,nodev")]
    [InlineData("rw,nodev", "rw,nodev,a", "rw,nodev,a")]
    public void MergeOptions_OfAMountAndItsFileSystem_NamesEachOnce(string own, string ofFileSystem, string merged) =>
        Assert.Equal(merged, MountPoints.MergeOptions(own, ofFileSystem));

    [Theory]
    [InlineData("/proc/sys", true)]
    [InlineData("/proc/sys/kernel/random/boot_id", true)]
    [InlineData("/run/host/os-release", true)]
    [InlineData("/sys/fs/cgroup/unified", true)]
    [InlineData("/proc/sys/net", false)]
    [InlineData("/run/hosts", false)]
    [InlineData("/tmp", false)]
    public void IsApi_OfWhatAContainerMountsByItself_IsNoUnit(string where, bool isApi) =>
        Assert.Equal(isApi, MountPoints.IsApi(where));
}
