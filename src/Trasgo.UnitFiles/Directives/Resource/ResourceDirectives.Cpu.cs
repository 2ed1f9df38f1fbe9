using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>CPU time and CPU sets.</summary>
internal static partial class ResourceDirectives
{
    private const ulong WeightMost = 10_000;

    private static Directive<ResourceConfig>[] CpuRows()
    {
        var weight = Value.Weight(1, WeightMost, idle: true);
        var shares = Value.Weight(2, 262_144);
        return
        [
            s_rows.Of("CPUAccounting", Value.Boolean, static c => ref c.CpuAccounting, enforcement: Enforcement.Cpu),
            s_rows.Of("CPUWeight", weight, static c => ref c.CpuWeight, enforcement: Enforcement.Cpu, bad: "0"),
            s_rows.Of("StartupCPUWeight", weight, static c => ref c.StartupCpuWeight, enforcement: Enforcement.Startup, bad: "0"),
            s_rows.Of("CPUShares", shares, static c => ref c.CpuShares, enforcement: Enforcement.Cpu),
            s_rows.Of("StartupCPUShares", shares, static c => ref c.StartupCpuShares, enforcement: Enforcement.Startup),
            new CustomDirective<ResourceConfig>("", "CPUQuota", "t", "PERCENT")
            {
                BusName = "CPUQuotaPerSecUSec",
                BusFlags = s_rows.Flags,
                Parser = ParseCpuQuota,
                Writer = static (c, writer) => writer.UInt64(c.CpuQuotaPerSecUsec),
                Formatter = static (c, texts) => texts.Add(QuotaText(c.CpuQuotaPerSecUsec)),
                Reader = static (reader, texts) =>
                {
                    var quota = reader.UInt64();
                    texts.Add(QuotaText(quota));
                    return quota > 0;
                },
                Enforcement = Enforcement.Cpu,
                GoodSample = "12.5%",
                BadSample = "0%",
            },
            s_rows.Of("CPUQuotaPeriodSec", Value.DurationOrInfinity, static c => ref c.CpuQuotaPeriodUsec, "CPUQuotaPeriodUSec", Enforcement.Cpu),
            s_rows.Of("AllowedCPUs", Value.AllowedCpus, static c => ref c.AllowedCpus, enforcement: Enforcement.CpuSets),
            s_rows.Of("StartupAllowedCPUs", Value.AllowedCpus, static c => ref c.StartupAllowedCpus, enforcement: Enforcement.Startup),
            s_rows.Of("AllowedMemoryNodes", Value.AllowedCpus, static c => ref c.AllowedMemoryNodes, enforcement: Enforcement.CpuSets),
            s_rows.Of("StartupAllowedMemoryNodes", Value.AllowedCpus, static c => ref c.StartupAllowedMemoryNodes, enforcement: Enforcement.Startup),
        ];
    }

    /// <summary>A hundredth of a percent of a second is 100 microseconds.</summary>
    private static string QuotaText(ulong usec) => usec == TimeSpans.Infinity ? "" : PercentText.Format((int)Math.Min(usec / 100, int.MaxValue));

    private static void ParseCpuQuota(ResourceConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.CpuQuotaPerSecUsec = TimeSpans.Infinity;
        }
        else if (Permyriad.TryParseUnbounded(text, out var share) && share > 0)
        {
            config.CpuQuotaPerSecUsec = (ulong)share * 100;
        }
        else
        {
            context.Ignore("is not a valid percentage", text);
        }
    }
}
