using System.Globalization;

namespace Trasgo.Linux;

/// <summary>
/// The manager holds several descriptors a process, so it takes as many as the kernel allows. What it starts gets what was there before, but
/// with room to grow: programs that use select(2) break with a high soft limit, those that do not may raise it themselves.
/// </summary>
internal static class DescriptorLimit
{
    public const int Resource = 7;   // RLIMIT_NOFILE

    /// <summary>select(2) knows no descriptor beyond (FD_SETSIZE).</summary>
    private const ulong MostForSelect = 1024;

    /// <summary>The hard limit of system services, where the kernel allows it (systemd-system.conf(5), DefaultLimitNOFILE=).</summary>
    private const ulong HardOfServices = 524288;

    /// <summary>What has to be left for the start of what was accepted: its control group, its PID, its streams, and the log.</summary>
    private const int Headroom = 64;

    private static ResourceLimit? s_inherited;

    /// <summary>So few are left beyond this one, the last that was given out, that no more should be taken on.</summary>
    public static bool IsNear(Descriptor last) =>
        ProcessControl.Limit(Resource) is { Ok: true, Value.Soft: var most } && (ulong)last.Raw + Headroom >= most;

    /// <summary>The highest hard limit the kernel takes, from whomever; it may be changed at any time.</summary>
    public static ulong Ceiling =>
        ulong.TryParse(Processes.ReadText("/proc/sys/fs/nr_open")?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : 1 << 20;

    /// <summary>As <see cref="IsNear"/>, for the descriptor that would be given out next.</summary>
    public static bool HasRoom()
    {
        var next = Pipe.EventCounter();
        if (!next.Ok)
        {
            return false;
        }

        using var descriptor = next.Value;
        return !IsNear(descriptor);
    }

    /// <summary>What there was before <see cref="Raise"/>, which a process that is executed anew cannot see any more.</summary>
    public static void Save(Action<ulong, ulong> keep)
    {
        if (s_inherited is { } limit)
        {
            keep(limit.Soft, limit.Hard);
        }
    }

    /// <summary>It was raised before this program was executed.</summary>
    public static void Restore(ulong soft, ulong hard) => s_inherited = new ResourceLimit { Soft = soft, Hard = hard };

    public static void Raise()
    {
        if (ProcessControl.Limit(Resource) is not { Ok: true, Value: var own })
        {
            return;
        }

        s_inherited = own;
        var most = Math.Max(own.Hard, Ceiling);
        if (ProcessControl.SetLimit(Resource, new ResourceLimit { Soft = most, Hard = most }) != Errno.None)
        {
            _ = ProcessControl.SetLimit(Resource, own with { Soft = own.Hard });
        }
    }

    /// <summary>What children get unless their unit or DefaultLimitNOFILE= says otherwise.</summary>
    public static ResourceLimit OfServices(bool isSystem)
    {
        var limit = s_inherited ?? (ProcessControl.Limit(Resource) is { Ok: true, Value: var own } ? own : new ResourceLimit { Soft = MostForSelect, Hard = MostForSelect });
        return new ResourceLimit
        {
            Soft = Math.Min(limit.Soft, MostForSelect),
            Hard = isSystem ? Math.Min(Ceiling, Math.Max(limit.Hard, HardOfServices)) : limit.Hard,
        };
    }
}
