using System.Globalization;

namespace Trasgo.Daemon.Tests.Probes;

/// <summary>What /proc tells about a process.</summary>
internal static class Processes
{
    public static bool IsAlive(int processId) => Directory.Exists($"/proc/{processId}") && Stat(processId)[0] != "Z";

    public static void Signal(int processId, int number)
    {
        Assert.InRange(processId, 2, int.MaxValue);
        _ = Libc.kill(processId, number);
    }

    /// <summary>The fields of /proc/PID/stat from the third on: state, parent, process group, session, terminal; see proc(5).</summary>
    public static string[] Stat(int processId)
    {
        try
        {
            string text = File.ReadAllText($"/proc/{processId}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return ["Z"];
        }
    }

    public static int Parent(int processId) => int.Parse(Stat(processId)[1], CultureInfo.InvariantCulture);

    /// <summary>What each open descriptor is.</summary>
    public static Dictionary<int, string> Descriptors(int processId) =>
        Directory.GetFileSystemEntries($"/proc/{processId}/fd").ToDictionary(
            path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture),
            path => File.ResolveLinkTarget(path, false)?.FullName ?? "");

    public static string Status(int processId, string field) =>
        File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim();
}
