using System.Runtime.InteropServices;
using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// Readers of /proc. A process may end between any two of them, so everything can be missing, and what a process can write itself
/// (its name, its command line, its environment) is never more than a hint.
/// </summary>
internal static partial class Processes
{
    private const int StatusLimit = 16 * 1024;

    public static string? Comm(int pid) => ReadText($"/proc/{pid}/comm")?.TrimEnd('\n');

    /// <summary>The arguments; empty for kernel threads and zombies, null when there is no such process.</summary>
    public static string[]? CommandLine(int pid) =>
        ReadAll($"/proc/{pid}/cmdline") is { } bytes ? Encoding.UTF8.GetString(bytes).TrimEnd('\0').Split('\0', StringSplitOptions.None) : null;

    public static int? ParentPid(int pid) => Stat(pid)?.ParentPid;

    /// <summary>Clock ticks since boot: with the PID it names a process for good.</summary>
    public static ulong? StartTime(int pid) => Stat(pid)?.StartTime;

    public static int? Session(int pid) => Stat(pid)?.Session;

    public static bool IsZombie(int pid) => Stat(pid)?.State is 'Z' or 'X';

    /// <summary>PF_KTHREAD is set; such a process has no user memory and ignores signals.</summary>
    public static bool IsKernelThread(int pid) => (Stat(pid)?.Flags & 0x0020_0000) > 0;

    /// <summary>The real user id of the process.</summary>
    public static uint? Uid(int pid)
    {
        var line = ReadSmall($"/proc/{pid}/status") is { } status ? Field(status, "Uid") : default;
        var end = line.IndexOf((byte)'\t');
        return uint.TryParse(end < 0 ? line : line[..end], null, out var uid) ? uid : null;
    }

    /// <summary>The value of one variable in the environment that the process started with.</summary>
    public static string? EnvironmentValue(int pid, string name)
    {
        if (ReadAll($"/proc/{pid}/environ") is not { } environment)
        {
            return null;
        }

        var prefix = Encoding.UTF8.GetBytes($"{name}=");
        for (ReadOnlySpan<byte> rest = environment; !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)0);
            var entry = end < 0 ? rest : rest[..end];
            if (entry.StartsWith(prefix))
            {
                return Encoding.UTF8.GetString(entry[prefix.Length..]);
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return null;
    }

    /// <summary>Every process, as of a moment that passes while it is read.</summary>
    public static IEnumerable<int> All()
    {
        string[] paths;
        try
        {
            paths = Directory.GetDirectories("/proc");
        }
        catch (IOException)
        {
            // No descriptor is left to look with: whoever looks comes again.
            yield break;
        }

        foreach (var path in paths)
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), null, out var pid))
            {
                yield return pid;
            }
        }
    }

    /// <summary>Children of any of our threads, without a walk over /proc where the kernel lists them.</summary>
    public static int[] Children(int pid)
    {
        if (ReadText($"/proc/{pid}/task/{pid}/children") is { } text)
        {
            return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => int.Parse(word))];
        }

        return [.. All().Where(other => ParentPid(other) == pid)];
    }

    /// <summary>The children of all our threads, zombies included; null where the kernel does not list them.</summary>
    public static List<int>? OwnChildren()
    {
        var children = new List<int>();
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (ReadAll($"{thread}/children") is not { } text)
            {
                return null;
            }

            foreach (var range in text.AsSpan().Split((byte)' '))
            {
                if (int.TryParse(text.AsSpan()[range], null, out var pid))
                {
                    children.Add(pid);
                }
            }
        }

        return children;
    }

    /// <summary>SIGKILL and the like to a bare PID; only for processes that are children of ours and so cannot be reused.</summary>
    public static Errno Kill(int pid, int signo) => LastError.Of(Libc.kill(pid, signo));

    /// <summary>Which process has the lock or the pid file's number is the caller's matter: this only says whether the PID exists.</summary>
    public static bool Exists(int pid) => pid > 0 && (Libc.kill(pid, 0) == 0 || LastError.Get() != Errno.ESRCH);

    internal static SignalSet SignalField(byte[] status, string name) =>
        ulong.TryParse(Field(status, name), System.Globalization.NumberStyles.HexNumber, null, out var bits) ? new(bits) : default;

    internal static ReadOnlySpan<byte> Field(byte[] status, string name)
    {
        Span<byte> key = stackalloc byte[64];
        key = key[..Encoding.UTF8.GetBytes($"\n{name}:\t", key)];
        var at = status.AsSpan().IndexOf(key);
        if (at < 0)
        {
            return default;
        }

        var rest = status.AsSpan(at + key.Length);
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest : rest[..end];
    }

    internal static string? ReadText(string path) => ReadSmall(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    internal static byte[]? ReadSmall(string path) => FileSystem.Read(path, StatusLimit) is { Ok: true, Value: var bytes } ? bytes : null;

    internal static byte[]? ReadAll(string path) => FileSystem.Read(path, 8 * 1024 * 1024) is { Ok: true, Value: var bytes } ? bytes : null;
}
