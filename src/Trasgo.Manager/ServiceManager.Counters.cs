using System.Globalization;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Manager.Bus;

namespace Trasgo.Manager;

internal sealed partial class ServiceManager
{
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<Unit, LastUsage> _lastCpuUsage = [];

    /// <summary>Keeps the CPU time of a run that is over, until the next begins.</summary>
    private void KeepCounters(Unit unit, string path)
    {
        if (CpuUsage(path) is var usage and not ulong.MaxValue)
        {
            _lastCpuUsage.AddOrUpdate(unit, new LastUsage(usage));
        }
    }

    private ulong CpuUsage(string path) =>
        Field(_groups.Attribute(path, "cpu.stat"), "usage_usec") is var usec and not ulong.MaxValue ? usec * 1000 : ulong.MaxValue;

    private sealed record LastUsage(ulong Value);

    /// <summary>What the kernel counts for the unit's control group; <see cref="ulong.MaxValue"/> where it counts nothing.</summary>
    public ulong Count(Unit unit, UnitCounter counter)
    {
        var path = _engine.Processes.ControlGroupOf(unit);
        if (path.Length == 0)
        {
            return counter == UnitCounter.CPUUsageNSec && _lastCpuUsage.TryGetValue(unit, out var last) ? last.Value : ulong.MaxValue;
        }

        return counter switch
        {
            UnitCounter.ControlGroupId => FileSystem.Status(_groups.Directory(path)) is { Ok: true, Value: var status } ? status.Inode : 0,
            UnitCounter.MemoryCurrent => _controllers.IsLegacy("memory")
                ? Number(_controllers.Attribute("memory", path, "memory.usage_in_bytes")) : Number(_groups.Attribute(path, "memory.current")),
            UnitCounter.TasksCurrent => Number(_controllers.Attribute("pids", path, "pids.current")),
            UnitCounter.CPUUsageNSec => CpuUsage(path),
            _ => ulong.MaxValue,
        };
    }

    private static ulong Number(string? text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : ulong.MaxValue;

    private static ulong Field(string? text, string name)
    {
        foreach (var line in (text ?? "").Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ' ')
            {
                return Number(line[(name.Length + 1)..]);
            }
        }

        return ulong.MaxValue;
    }
}
