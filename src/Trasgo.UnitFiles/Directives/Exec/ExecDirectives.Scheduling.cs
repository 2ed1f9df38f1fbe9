using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>OOM score, nice level, I/O and CPU scheduling, affinity. What is unset is shown as the manager's own.</summary>
internal static partial class ExecDirectives
{
    // linux/ioprio.h: the class stands above 13 bits of data.
    private const int IoClassShift = 13;
    private const int IoClassBestEffort = 2;
    private const int IoClassMost = 8;
    private const int IoDefault = (IoClassBestEffort << IoClassShift) | 4;

    private static readonly string[] s_ioClasses = ["none", "realtime", "best-effort", "idle"];

    // By the numbers of sched_setscheduler(2); 4 is not in use.
    private static readonly string?[] s_cpuPolicies = ["other", "fifo", "rr", "batch", null, "idle"];

    private static readonly Enforcement s_noMemoryPolicy = Enforcement.Ignored("NUMA memory policies are not set yet");

    public static int IoClass(int ioPriority) => ioPriority >> IoClassShift;

    public static int IoLevel(int ioPriority) => ioPriority & ((1 << IoClassShift) - 1);

    private static Directive<ExecConfig>[] SchedulingRows() =>
    [
        s_rows.Of("OOMScoreAdjust", Value.OomScoreAdjust, static c => ref c.OomScoreAdjust,
            show: static (c, writer) => writer.Int32(c.OomScoreAdjust ?? c.Host.OomScoreAdjust)),
        s_rows.Of("CoredumpFilter", Value.CoredumpFilter, static c => ref c.CoredumpFilter,
            enforcement: Enforcement.Ignored("the filter of core dumps is not set yet"),
            show: static (c, writer) => writer.UInt64(c.CoredumpFilter ?? c.Host.CoredumpFilter)),
        s_rows.Of("Nice", Value.Nice, static c => ref c.Nice, show: static (c, writer) => writer.Int32(c.Nice ?? c.Host.Nice)),
        new CustomDirective<ExecConfig>("", "IOSchedulingClass", "i", "{none|realtime|best-effort|idle}")
        {
            Parser = static (c, text, context) => ParseIo(c, text, isClass: true, context),
            Writer = static (c, writer) => writer.Int32(IoClass(c.IoPriority ?? IoDefault)),
            Formatter = static (c, texts) => texts.Add(c.IoPriority is { } io ? IoClassText(IoClass(io)) : ""),
            Reader = static (reader, texts) => ReadName(reader, texts, s_ioClasses),
            GoodSample = "idle",
            BadSample = "9",
        },
        new CustomDirective<ExecConfig>("", "IOSchedulingPriority", "i", "0...7")
        {
            Parser = static (c, text, context) => ParseIo(c, text, isClass: false, context),
            Writer = static (c, writer) => writer.Int32(IoLevel(c.IoPriority ?? IoDefault)),
            Formatter = static (c, texts) => texts.AddRange(c.IoPriority is { } io ? [Number(IoLevel(io))] : []),
            Reader = static (reader, texts) => ReadNumber(reader, texts, 0, 7),
            GoodSample = "2",
            BadSample = "8",
        },
        new CustomDirective<ExecConfig>("", "CPUSchedulingPolicy", "i", "{other|batch|idle|fifo|rr}")
        {
            Parser = ParseCpuPolicy,
            Writer = static (c, writer) => writer.Int32(c.CpuSchedulingSet ? c.CpuSchedulingPolicy : c.Host.CpuSchedulingPolicy),
            Formatter = static (c, texts) => texts.Add(c.CpuSchedulingSet ? CpuPolicy(c.CpuSchedulingPolicy) : ""),
            Reader = static (reader, texts) => ReadName(reader, texts, s_cpuPolicies),
            GoodSample = "batch",
            BadSample = "best",
        },
        new CustomDirective<ExecConfig>("", "CPUSchedulingPriority", "i", "0...99")
        {
            Parser = ParseCpuPriority,
            Writer = static (c, writer) => writer.Int32(c.CpuSchedulingSet ? c.CpuSchedulingPriority : c.Host.CpuSchedulingPriority),
            Formatter = static (c, texts) => texts.AddRange(c.CpuSchedulingSet ? [Number(c.CpuSchedulingPriority)] : []),
            Reader = static (reader, texts) => ReadNumber(reader, texts, 0, 99),
            GoodSample = "50",
            BadSample = "100",
        },
        new CustomDirective<ExecConfig>("", "CPUAffinity", "ay", "CPUS|numa")
        {
            Parser = static (c, text, context) =>
            {
                if (text is "numa")
                {
                    c.CpuAffinityFromNuma = true;
                    c.CpuAffinity.Clear();
                }
                else
                {
                    Value.Cpus.Parse(text, ref c.CpuAffinity, context);
                    c.CpuAffinityFromNuma = false;
                }
            },
            Writer = static (c, writer) => BusLists.Write(writer, c.CpuAffinity.Bits),
            Formatter = static (c, texts) => texts.AddRange(c.CpuAffinityFromNuma ? ["numa"] : ["", c.CpuAffinity.ToString()]),
            Reader = Value.Cpus.Read,
            GoodSample = "0-2 5,7",
            BadSample = "two",
        },
        s_rows.View("CPUAffinityFromNUMA", "b", static (c, writer) => writer.Boolean(c.CpuAffinityFromNuma),
            set: new BusSetter("b", static (reader, section, settings) =>
            {
                settings.Add(new Setting(section, "CPUAffinity", reader.Boolean() ? "numa" : ""));
                return true;
            })),
        s_rows.Of("NUMAPolicy", Value.NumaPolicy, static c => ref c.NumaPolicy, enforcement: s_noMemoryPolicy),
        new CustomDirective<ExecConfig>("", "NUMAMask", "ay", "NODES|all")
        {
            Parser = static (c, text, context) => NumaMasks.Parse(ref c.NumaMask, text, context),
            Writer = static (c, writer) => BusLists.Write(writer, c.NumaMask.Bits),
            Formatter = static (c, texts) => texts.AddRange(["", c.NumaMask.ToString()]),
            Reader = Value.Cpus.Read,
            Enforcement = s_noMemoryPolicy,
            GoodSample = "0-1",
            BadSample = "two",
        },
        s_rows.Of("TimerSlackNSec", Value.Nanoseconds, static c => ref c.TimerSlackNsec,
            show: static (c, writer) => writer.UInt64(c.TimerSlackNsec == TimeSpans.Infinity ? c.Host.TimerSlackNsec : c.TimerSlackNsec)),
        s_rows.Of("CPUSchedulingResetOnFork", Value.Boolean, static c => ref c.CpuSchedulingResetOnFork),
        s_rows.View("NonBlocking", "b", static (c, writer) => writer.Boolean(c.NonBlocking)),
    ];

    private static string IoClassText(int ioClass) => ioClass < s_ioClasses.Length ? s_ioClasses[ioClass] : Number(ioClass);

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string CpuPolicy(int policy) =>
        (uint)policy < (uint)s_cpuPolicies.Length && s_cpuPolicies[policy] is { } name ? name : Number(policy);

    /// <summary>"none" means what the kernel takes it for: best effort at the middle level.</summary>
    private static void ParseIo(ExecConfig config, string text, bool isClass, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.IoPriority = null;
            return;
        }

        var io = config.IoPriority ?? IoDefault;
        var value = isClass ? Array.IndexOf(s_ioClasses, text) : -1;
        if (value < 0 && (!Numbers.TryInt32(text, out value) || value < 0 || value > (isClass ? IoClassMost : 7)))
        {
            context.Ignore(isClass ? "is not a class of I/O scheduling" : "is not a level from 0 to 7", text);
            return;
        }

        io = isClass ? (value << IoClassShift) | IoLevel(io) : (IoClass(io) << IoClassShift) | value;
        config.IoPriority = IoClass(io) == 0 ? IoDefault : io;
    }

    private static void ParseCpuPolicy(ExecConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.CpuSchedulingSet = false;
            config.CpuSchedulingPolicy = 0;
            config.CpuSchedulingPriority = 0;
            return;
        }

        var policy = Array.IndexOf(s_cpuPolicies, text);
        if (policy < 0 && (!Numbers.TryInt32(text, out policy) || policy < 0))
        {
            context.Ignore("is not a CPU scheduling policy", text);
            return;
        }

        // Real-time policies know the priorities 1 to 99, the others only 0.
        var realTime = policy is 1 or 2;
        config.CpuSchedulingPolicy = policy;
        config.CpuSchedulingPriority = Math.Clamp(config.CpuSchedulingPriority, realTime ? 1 : 0, realTime ? 99 : 0);
        config.CpuSchedulingSet = true;
    }

    private static void ParseCpuPriority(ExecConfig config, string text, ParseContext context)
    {
        // The policy may be set later, so only the outer bounds are checked.
        if (!Numbers.TryInt32(text, out var priority) || priority is < 0 or > 99)
        {
            context.Ignore("is not a priority from 0 to 99", text);
            return;
        }

        config.CpuSchedulingPriority = priority;
        config.CpuSchedulingSet = true;
    }

    private static bool ReadName(IValueReader reader, List<string> texts, string?[] names)
    {
        var index = reader.Int32();
        texts.Add((uint)index < (uint)names.Length && names[index] is { } name ? name : "");
        return texts[^1].Length > 0;
    }

    private static bool ReadNumber(IValueReader reader, List<string> texts, int least, int most)
    {
        var number = reader.Int32();
        texts.Add(Number(number));
        return number >= least && number <= most;
    }
}
