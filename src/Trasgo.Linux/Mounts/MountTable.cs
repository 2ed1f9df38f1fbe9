using System.Text;

namespace Trasgo.Linux;

/// <summary>A line of /proc/self/mountinfo (proc(5)), its octal escapes undone.</summary>
internal readonly record struct MountEntry(
    int Id, int ParentId, string Device, string Root, string MountPoint, string Options, string Type, string Source, string SuperOptions);

/// <summary>
/// What is mounted in our mount namespace, in the kernel's order. A later entry on the same mount point covers an earlier one.
/// The text comes from whoever may mount, so a line that makes no sense is left out instead of being believed.
/// </summary>
internal static class MountTable
{
    private const int Limit = 64 * 1024 * 1024;
    private const string SelfPath = "/proc/self/mountinfo";

    public static Result<List<MountEntry>> Read(string path = SelfPath)
    {
        var bytes = FileSystem.Read(path, Limit);
        return bytes.Ok ? Parse(bytes.Value) : bytes.Error;
    }

    public static List<MountEntry> Parse(ReadOnlySpan<byte> text)
    {
        var entries = new List<MountEntry>();
        foreach (var line in Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseLine(line) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>Calls the handler whenever something was mounted or unmounted; many changes may be one call.</summary>
    public static Result<MountWatch> Watch(EventLoop loop, Action handler, int priority = EventPriority.Mounts)
    {
        var fd = FileSystem.Open(SelfPath, OpenFlags.ReadOnly);
        return fd.Ok ? new MountWatch(loop, fd.Value, handler, priority) : fd.Error;
    }

    /// <summary>Active swaps of /proc/swaps: the path and whether it is a partition.</summary>
    public static List<(string Path, bool IsPartition)> Swaps()
    {
        var swaps = new List<(string, bool)>();
        foreach (var line in (Processes.ReadText("/proc/swaps") ?? string.Empty).Split('\n').Skip(1))
        {
            if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [var path, var type, ..])
            {
                swaps.Add((Unescape(path), type == "partition"));
            }
        }

        return swaps;
    }

    private static MountEntry? ParseLine(string line)
    {
        // 36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw,errors=continue
        var fields = line.Split(' ');
        var separator = Array.IndexOf(fields, "-", Math.Min(6, fields.Length));
        if (separator < 6 || separator + 2 >= fields.Length || !int.TryParse(fields[0], out var id) || !int.TryParse(fields[1], out var parent))
        {
            return null;
        }

        return new MountEntry(
            id,
            parent,
            fields[2],
            Unescape(fields[3]),
            Unescape(fields[4]),
            fields[5],
            Unescape(fields[separator + 1]),
            Unescape(fields[separator + 2]),
            separator + 3 < fields.Length ? fields[separator + 3] : string.Empty);
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; length++)
        {
            if (bytes[i] == '\\' && i + 3 < bytes.Length && IsOctal(bytes[i + 1]) && IsOctal(bytes[i + 2]) && IsOctal(bytes[i + 3]))
            {
                bytes[length] = (byte)(((bytes[i + 1] - '0') << 6) | ((bytes[i + 2] - '0') << 3) | (bytes[i + 3] - '0'));
                i += 4;
            }
            else
            {
                bytes[length] = bytes[i++];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsOctal(byte b) => b is >= (byte)'0' and <= (byte)'7';
}

/// <summary>A subscription to changes of the mount table.</summary>
internal sealed class MountWatch : IDisposable
{
    private readonly Descriptor _fd;
    private readonly IoSource _source;

    internal MountWatch(EventLoop loop, Descriptor fd, Action handler, int priority)
    {
        _fd = fd;
        _source = loop.OnIo(fd, IoEvents.Priority, _ => handler(), priority);
    }

    public void Dispose()
    {
        _source.Dispose();
        _fd.Dispose();
    }
}
