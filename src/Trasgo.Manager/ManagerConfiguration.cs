using System.Globalization;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager;

/// <summary>
/// Reads system.conf or user.conf and its drop-ins (systemd-system.conf(5)): drop-ins of all directories go by the order of their names,
/// and one in /etc/ takes the place of its namesake in /run/ or /usr/lib/.
/// </summary>
internal static class ManagerConfiguration
{
    /// <summary>proc_pid_oom_score_adj(5).</summary>
    private const int MostOomScore = 1000;

    private const int OomScoreAboveOwn = 100;

    private static readonly string[] s_roots = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd"];

    public static ManagerDefaults Load(RuntimeScope scope, IEngineLog log)
    {
        var defaults = new ManagerDefaults { Scope = scope };
        var name = scope == RuntimeScope.System ? "system.conf" : "user.conf";
        FillHost(defaults.Host, scope);
        Read($"/etc/systemd/{name}", defaults, log);
        foreach (var path in DropIns(name + ".d"))
        {
            Read(path, defaults, log);
        }

        var files = DescriptorLimit.OfServices(scope == RuntimeScope.System);
        if (ProcessControl.Uid != 0)
        {
            // What an unprivileged user's manager runs goes before the manager itself.
            defaults.OomScoreAdjust ??= Math.Min(defaults.Host.OomScoreAdjust + OomScoreAboveOwn, MostOomScore);
        }

        defaults.Limits[DescriptorLimit.Resource] ??= new UnitFiles.Values.ResourceLimit(files.Soft, files.Hard);

        return defaults;
    }

    private static IEnumerable<string> DropIns(string directory)
    {
        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var root in s_roots)
        {
            var path = $"{root}/{directory}";
            if (!Directory.Exists(path))
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(path, "*.conf"))
            {
                byName.TryAdd(Path.GetFileName(file), file);
            }
        }

        return byName.Values;
    }

    private static void Read(string path, ManagerDefaults defaults, IEngineLog log)
    {
        var bytes = FileSystem.Read(path, UnitFileSource.SizeLimit);
        if (!bytes.Ok)
        {
            return;
        }

        var diagnostics = new DiagnosticList();
        ManagerDirectives.Read(defaults, UnitFileParser.Parse(bytes.Value, path, diagnostics), diagnostics);

        foreach (var diagnostic in diagnostics.Items)
        {
            log.Write(diagnostic.Severity == Severity.Error ? LogLevel.Error : LogLevel.Warning, unit: null, diagnostic.ToString());
        }
    }

    private static ulong Number(string path) =>
        ulong.TryParse(Processes.ReadText(path)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : ulong.MaxValue;

    /// <summary>The manager's own attributes are what its units inherit, and what is shown for what they leave unset.</summary>
    private static void FillHost(HostFacts host, RuntimeScope scope)
    {
        for (var kind = 0; kind < host.Limits.Length; kind++)
        {
            if (ProcessControl.Limit(kind) is { Ok: true, Value: var limit })
            {
                host.Limits[kind] = new UnitFiles.Values.ResourceLimit(limit.Soft, limit.Hard);
            }
        }

        host.Nice = ProcessControl.Nice;
        host.OomScoreAdjust = int.TryParse(Processes.ReadText("/proc/self/oom_score_adj")?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var score) ? score : 0;
        host.CountsCpuTime = HostControlGroups.IsAllUnified() == true;
        host.PhysicalMemory = HostResources.Memory();
        host.MaxTasks = Math.Min(Number("/proc/sys/kernel/pid_max"), Number("/proc/sys/kernel/threads-max"));
        if (scope == RuntimeScope.User)
        {
            host.RuntimeDirectory = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run";
            host.Home = new Files.SpecifierHost(scope, EnvironmentBlock.Own(), new Files.RealFileSystem()).Get(HostFact.Home, out _);
        }
    }
}
