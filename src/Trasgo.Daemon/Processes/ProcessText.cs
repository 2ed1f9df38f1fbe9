using System.Collections;
using System.Text;

namespace Trasgo.Daemon;

/// <summary>Arguments and environment of this process as bytes: what is not UTF-8 in them survives.</summary>
internal static class ProcessText
{
    public static IReadOnlyList<byte[]> Arguments()
    {
        var arguments = Lines("/proc/self/cmdline");
        return arguments.Count > 0 ? arguments : throw new DaemonException("/proc/self/cmdline tells no arguments: is /proc mounted?");
    }

    /// <summary>The variables that .NET knows, changed as wanted. One that is still as the process got it goes on byte by byte.</summary>
    public static IReadOnlyList<byte[]> Environment(IReadOnlyDictionary<string, string?> changes, Func<string, bool> keeps)
    {
        var original = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (byte[] line in Lines("/proc/self/environ"))
        {
            original[Encoding.UTF8.GetString(line)] = line;
        }

        var result = new List<byte[]>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (!changes.ContainsKey(name) && keeps(name))
            {
                string line = $"{name}={variable.Value}";
                result.Add(original.GetValueOrDefault(line) ?? Encoding.UTF8.GetBytes(line));
            }
        }

        result.AddRange(changes.Where(change => change.Value is not null).Select(change => Encoding.UTF8.GetBytes($"{change.Key}={change.Value}")));
        return result;
    }

    private static List<byte[]> Lines(string path)
    {
        var lines = new List<byte[]>();
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return lines;
        }

        var rest = bytes.AsSpan();
        while (rest.Length > 0)
        {
            int end = rest.IndexOf((byte)0);
            lines.Add((end < 0 ? rest : rest[..end]).ToArray());
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return lines;
    }
}
