using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Tests;

public sealed class GroupAttributesTests
{
    [Theory]
    [InlineData("TasksMax=64", "pids.max=64", "pids.max=64")]
    [InlineData("TasksMax=10%", "pids.max=100", "pids.max=100")]
    [InlineData("TasksMax=infinity", "", "")]
    [InlineData("MemoryMax=8M", "memory.max=8388608", "memory.limit_in_bytes=8388608")]
    [InlineData("MemoryLimit=8M", "memory.max=8388608", "memory.limit_in_bytes=8388608")]
    [InlineData("MemoryMax=infinity", "", "")]
    [InlineData("MemoryHigh=8M", "memory.high=8388608", "")]
    [InlineData("MemoryMin=4096", "memory.min=4096", "")]
    [InlineData("MemoryLow=infinity", "memory.low=max", "")]
    [InlineData("MemorySwapMax=0", "memory.swap.max=0", "")]
    [InlineData("CPUWeight=200", "cpu.weight=200", "cpu.shares=2048")]
    [InlineData("CPUWeight=100", "", "cpu.shares=1024")]
    [InlineData("CPUWeight=idle", "cpu.idle=1", "cpu.shares=2")]
    [InlineData("CPUShares=2048", "cpu.weight=200", "cpu.shares=2048")]
    [InlineData("CPUQuota=20%", "cpu.max=20000 100000", "cpu.cfs_period_us=100000 cpu.cfs_quota_us=20000")]
    [InlineData("CPUQuota=250%", "cpu.max=250000 100000", "cpu.cfs_period_us=100000 cpu.cfs_quota_us=250000")]
    [InlineData("CPUQuota=20% CPUQuotaPeriodSec=10ms", "cpu.max=2000 10000", "cpu.cfs_period_us=10000 cpu.cfs_quota_us=2000")]
    [InlineData("CPUQuota=0.01% CPUQuotaPeriodSec=1us", "cpu.max=1000 1000", "cpu.cfs_period_us=1000 cpu.cfs_quota_us=1000")]
    [InlineData("IOWeight=50", "io.weight=default 50", "blkio.weight=250")]
    [InlineData("BlockIOWeight=1000", "io.weight=default 200", "blkio.weight=1000")]
    [InlineData("AllowedCPUs=0-2,5", "cpuset.cpus=0-2 5", "")]
    public void Of_Settings_AreTheKernelsWords(string settings, string unified, string legacy)
    {
        Assert.Equal(unified, Text(settings, isLegacy: false));
        Assert.Equal(legacy, Text(settings, isLegacy: true));
    }

    private static string Text(string settings, bool isLegacy)
    {
        var defaults = new ManagerDefaults();
        defaults.Host.MaxTasks = 1000;
        var config = new SliceConfig(new UnitConfig(UnitFiles.Names.UnitType.Slice, defaults), defaults);
        Assert.True(UnitFiles.Names.UnitName.TryParse("x.slice", out var slice));
        foreach (var setting in settings.Split(' '))
        {
            var at = setting.IndexOf('=', StringComparison.Ordinal);
            Assert.True(SliceDirectives.Table.Apply(
                config, new Assignment("Slice", setting[..at], setting[(at + 1)..], "x.slice", 1), new ParseContext(slice, null, NullDiagnostics.Instance, defaults)));
        }

        return string.Join(' ', GroupAttributes.Of(config.Resources, _ => isLegacy).Select(static a => $"{a.File}={a.Value}"));
    }
}
