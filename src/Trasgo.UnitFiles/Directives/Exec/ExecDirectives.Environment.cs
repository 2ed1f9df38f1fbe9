using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Environment and resource limits.</summary>
internal static partial class ExecDirectives
{
    private static readonly (ResourceLimitKind Kind, string Name)[] s_limits =
    [
        (ResourceLimitKind.Cpu, "CPU"), (ResourceLimitKind.FileSize, "FSIZE"), (ResourceLimitKind.Data, "DATA"),
        (ResourceLimitKind.Stack, "STACK"), (ResourceLimitKind.Core, "CORE"), (ResourceLimitKind.ResidentSet, "RSS"),
        (ResourceLimitKind.OpenFiles, "NOFILE"), (ResourceLimitKind.AddressSpace, "AS"), (ResourceLimitKind.Processes, "NPROC"),
        (ResourceLimitKind.LockedMemory, "MEMLOCK"), (ResourceLimitKind.Locks, "LOCKS"), (ResourceLimitKind.PendingSignals, "SIGPENDING"),
        (ResourceLimitKind.MessageQueues, "MSGQUEUE"), (ResourceLimitKind.Nice, "NICE"), (ResourceLimitKind.RealTimePriority, "RTPRIO"),
        (ResourceLimitKind.RealTime, "RTTIME"),
    ];

    /// <summary>The kinds of limits with the words behind Limit and DefaultLimit, in systemd's order.</summary>
    public static ReadOnlySpan<(ResourceLimitKind Kind, string Name)> LimitNames => s_limits;

    private static Directive<ExecConfig>[] EnvironmentRows() =>
    [
        s_rows.Of("Environment", Value.Environment, static c => ref c.Environment),
        new CustomDirective<ExecConfig>("", "EnvironmentFile", "a(sb)", "[-]PATH")
        {
            BusName = "EnvironmentFiles",
            BusFlags = s_rows.Flags | BusFlags.AddsUp,
            Parser = ParseEnvironmentFile,
            Writer = static (c, writer) => WriteOptionalPaths(c.EnvironmentFiles, writer),
            Formatter = static (c, texts) =>
            {
                texts.Add("");
                texts.AddRange(c.EnvironmentFiles.Select(static file => WordText.EscapeSpecifiers(file.ToString())));
            },
            Reader = ReadOptionalPaths,
            GoodSample = "-/etc/default/cron",
            BadSample = "default/cron",
        },
        s_rows.Of("PassEnvironment", Value.PassEnvironment, static c => ref c.PassEnvironment),
        s_rows.Of("UnsetEnvironment", Value.UnsetEnvironment, static c => ref c.UnsetEnvironment),
        s_rows.Of("UMask", Value.Mode, static c => ref c.UMask),
    ];

    private static List<Directive<ExecConfig>> LimitRows()
    {
        var rows = new List<Directive<ExecConfig>>();
        foreach (var (kind, name) in s_limits)
        {
            var index = (int)kind;
            var limit = new LimitKind(kind);
            rows.Add(s_rows.Of(
                "Limit" + name,
                limit,
                c => ref c.Limits[index],
                show: (c, writer) => writer.UInt64((c.Limits[index] ?? c.Host.Limits[index])?.Hard ?? ResourceLimit.Infinity)));
            rows.Add(s_rows.View(
                $"Limit{name}Soft",
                "t",
                (c, writer) => writer.UInt64((c.Limits[index] ?? c.Host.Limits[index])?.Soft ?? ResourceLimit.Infinity),
                set: SoftSetter(limit, "Limit" + name)));
        }

        return rows;
    }

    /// <summary>Clients send the hard limit and then the soft one; a file has both in one line.</summary>
    private static BusSetter SoftSetter(LimitKind kind, string name) => new("t", (reader, section, settings) =>
    {
        var soft = new List<string>();
        if (!kind.Read(reader, soft) || settings.FindLastIndex(setting => setting.Name == name) is not (>= 0 and var hard))
        {
            return false;
        }

        settings.Add(new Setting(section, name, LimitKind.Pair(soft[0], settings[hard].Text)));
        return true;
    });

    private static void ParseEnvironmentFile(ExecConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.EnvironmentFiles.Clear();
            return;
        }

        if (!context.Expand(text, out var expanded, Specifier.MaxPath))
        {
            return;
        }

        var optional = expanded.StartsWith('-');
        var path = optional ? expanded[1..] : expanded;
        if (context.SimplifyPath(ref path))
        {
            config.EnvironmentFiles.Add(new OptionalPath(path, optional));
        }
    }

    private static void WriteOptionalPaths(List<OptionalPath> paths, IValueWriter writer)
    {
        writer.BeginArray("(sb)");
        foreach (var (path, optional) in paths)
        {
            writer.BeginStruct();
            writer.String(path);
            writer.Boolean(optional);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static bool ReadOptionalPaths(IValueReader reader, List<string> texts)
    {
        if (!reader.EnterArray("(sb)"))
        {
            return false;
        }

        while (reader.More())
        {
            reader.EnterStruct();
            var path = reader.String();
            var optional = reader.Boolean();
            reader.LeaveStruct();
            if (Paths.Check(path, PathForm.Absolute, out _) is not null || !WordText.FitsLine(path))
            {
                return false;
            }

            texts.Add(WordText.EscapeSpecifiers(new OptionalPath(path, optional).ToString()));
        }

        reader.LeaveArray();
        if (texts.Count == 0)
        {
            texts.Add("");
        }

        return true;
    }
}
