using System.Globalization;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// systemd.resource-control(5) in the kernel's words: cgroup2's (cgroup-v2.rst of the kernel's documentation), or those of the v1 controllers,
/// into which the settings of systemd's first generation (CPUShares=, MemoryLimit=, BlockIOWeight=) and its second are translated, either way.
/// </summary>
internal static class GroupAttributes
{
    private const string Max = "max";
    private const ulong UsecPerSec = 1_000_000;
    private const ulong DefaultPeriodUsec = 100_000;
    private const ulong DefaultWeight = 100;
    private const ulong DefaultShares = 1024;
    private const ulong DefaultBlockIoWeight = 500;

    /// <summary>What has to be written, in order. <paramref name="isLegacy"/> says of a v1 controller name that its hierarchy is v1.</summary>
    public static List<GroupAttribute> Of(ResourceConfig config, Func<string, bool> isLegacy)
    {
        var attributes = new List<GroupAttribute>();
        AddCpu(attributes, config, isLegacy("cpu"));
        AddMemory(attributes, config, isLegacy("memory"));
        AddIo(attributes, config, isLegacy("blkio"));
        if (config.AllowedCpus.Count > 0 && !isLegacy("cpuset"))
        {
            attributes.Add(new("cpuset", "cpuset.cpus", config.AllowedCpus.ToString(), "\n"));
        }

        if (config.AllowedMemoryNodes.Count > 0 && !isLegacy("cpuset"))
        {
            attributes.Add(new("cpuset", "cpuset.mems", config.AllowedMemoryNodes.ToString(), "\n"));
        }

        if (config.TasksMax.IsSet)
        {
            attributes.Add(new("pids", "pids.max", Text(config.TasksMax.Resolve(config.Host.MaxTasks)), Max));
        }

        return attributes;
    }

    /// <summary>Controllers that are wanted for what they count.</summary>
    public static IEnumerable<string> Accounted(ResourceConfig config)
    {
        if (config.TasksAccounting)
        {
            yield return "pids";
        }

        if (config.MemoryAccounting)
        {
            yield return "memory";
        }

        if (config.IoAccounting)
        {
            yield return "io";
        }

        if (config.CpuAccounting)
        {
            yield return "cpu";
        }
    }

    private static void AddCpu(List<GroupAttribute> attributes, ResourceConfig config, bool isLegacy)
    {
        if (isLegacy)
        {
            var shares = config.CpuShares != ResourceConfig.Unset ? config.CpuShares
                : config.CpuWeight is 0 ? 2
                : config.CpuWeight != ResourceConfig.Unset ? Math.Clamp(config.CpuWeight * DefaultShares / DefaultWeight, 2, 262_144)
                : 0;
            Add(attributes, shares > 0, "cpu", "cpu.shares", Text(shares), Text(DefaultShares));
        }
        else
        {
            // The second generation's setting wins where both are given.
            var weight = config.CpuWeight != ResourceConfig.Unset ? config.CpuWeight
                : config.CpuShares != ResourceConfig.Unset ? Math.Clamp(config.CpuShares * DefaultWeight / DefaultShares, 1, 10_000)
                : DefaultWeight;
            Add(attributes, weight == 0, "cpu", "cpu.idle", "1", "0");
            Add(attributes, weight is not (0 or DefaultWeight), "cpu", "cpu.weight", Text(weight), Text(DefaultWeight));
        }

        if (config.CpuQuotaPerSecUsec == TimeSpans.Infinity)
        {
            return;
        }

        // The kernel takes periods from a millisecond to a second, and no quota below a millisecond.
        var period = config.CpuQuotaPeriodUsec == TimeSpans.Infinity ? DefaultPeriodUsec : Math.Clamp(config.CpuQuotaPeriodUsec, 1000, UsecPerSec);
        var quota = (ulong)UInt128.Max((UInt128)config.CpuQuotaPerSecUsec * period / UsecPerSec, 1000);
        if (isLegacy)
        {
            attributes.Add(new("cpu", "cpu.cfs_period_us", Text(period), Text(DefaultPeriodUsec)));
            attributes.Add(new("cpu", "cpu.cfs_quota_us", Text(quota), "-1"));
        }
        else
        {
            attributes.Add(new("cpu", "cpu.max", $"{Text(quota)} {Text(period)}", $"{Max} {Text(DefaultPeriodUsec)}"));
        }
    }

    private static void AddMemory(List<GroupAttribute> attributes, ResourceConfig config, bool isLegacy)
    {
        var maximum = config.MemoryMax != ResourceConfig.NoLimit ? config.MemoryMax : config.MemoryLimit;
        if (isLegacy)
        {
            Add(attributes, maximum != ResourceConfig.NoLimit, "memory", "memory.limit_in_bytes", Text(maximum), "-1");
            return;
        }

        Add(attributes, config.MemoryMin > 0, "memory", "memory.min", Limit(config.MemoryMin), "0");
        Add(attributes, config.MemoryLow > 0, "memory", "memory.low", Limit(config.MemoryLow), "0");
        Add(attributes, config.MemoryHigh != ResourceConfig.NoLimit, "memory", "memory.high", Limit(config.MemoryHigh), Max);
        Add(attributes, maximum != ResourceConfig.NoLimit, "memory", "memory.max", Limit(maximum), Max);
        Add(attributes, config.MemorySwapMax != ResourceConfig.NoLimit, "memory", "memory.swap.max", Limit(config.MemorySwapMax), Max);
        Add(attributes, config.MemoryOomGroup, "memory", "memory.oom.group", "1", "0");
    }

    private static void AddIo(List<GroupAttribute> attributes, ResourceConfig config, bool isLegacy)
    {
        if (isLegacy)
        {
            var legacy = config.BlockIoWeight != ResourceConfig.Unset ? config.BlockIoWeight
                : config.IoWeight != ResourceConfig.Unset ? Math.Clamp(config.IoWeight * DefaultBlockIoWeight / DefaultWeight, 10, 1000)
                : 0;
            Add(attributes, legacy > 0, "blkio", "blkio.weight", Text(legacy), Text(DefaultBlockIoWeight));
            return;
        }

        var weight = config.IoWeight != ResourceConfig.Unset ? config.IoWeight
            : config.BlockIoWeight != ResourceConfig.Unset ? Math.Clamp(config.BlockIoWeight * DefaultWeight / DefaultBlockIoWeight, 1, 10_000)
            : 0;
        Add(attributes, weight > 0, "io", "io.weight", "default " + Text(weight), "default " + Text(DefaultWeight));
    }

    private static void Add(List<GroupAttribute> attributes, bool wanted, string controller, string file, string value, string normal)
    {
        if (wanted)
        {
            attributes.Add(new(controller, file, value, normal));
        }
    }

    private static string Limit(ulong value) => value == ResourceConfig.NoLimit ? Max : Text(value);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
