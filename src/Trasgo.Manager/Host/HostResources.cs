namespace Trasgo.Manager;

/// <summary>The machine's memory and processors, as far as they are given to us.</summary>
internal static class HostResources
{
    /// <summary>Bytes; a container's limit where that is lower than what the machine has.</summary>
    public static ulong Memory()
    {
        var physical = Physical();
        if (HostControlGroups.IsAllUnified() is not { } unified)
        {
            return physical;
        }

        var limit = HostControlGroups.RootAttribute(unified, "memory", unified ? "memory.max" : "memory.limit_in_bytes");
        var page = (ulong)Environment.SystemPageSize;
        return ulong.TryParse(limit, out var bytes) && bytes != ulong.MaxValue ? Math.Min(physical, bytes / page * page) : physical;
    }

    /// <summary>Processors that we may run on (sched_getaffinity(2) leaves out those that are offline).</summary>
    public static uint Processors()
    {
        var allowed = Members(OwnStatus.Field("Cpus_allowed_list"));
        var online = Members(HostText.Line("/sys/devices/system/cpu/online"));
        return (uint)(online.Count > 0 ? allowed.Count(online.Contains) : allowed.Count);
    }

    private static ulong Physical()
    {
        foreach (var line in (HostText.All("/proc/meminfo") ?? "").Split('\n'))
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal)
                && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] && ulong.TryParse(kilobytes, out var value))
            {
                return value * 1024;
            }
        }

        return ulong.MaxValue;
    }

    /// <summary>"0-3,8"</summary>
    private static HashSet<int> Members(string? list)
    {
        var members = new HashSet<int>();
        foreach (var range in (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Trim().Split('-');
            if (int.TryParse(ends[0], out var first) && int.TryParse(ends[^1], out var last) && last - first < 65536)
            {
                for (var i = first; i <= last; i++)
                {
                    members.Add(i);
                }
            }
        }

        return members;
    }
}
