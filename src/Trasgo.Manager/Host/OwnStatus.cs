namespace Trasgo.Manager;

/// <summary>/proc/self/status.</summary>
internal static class OwnStatus
{
    public static string? Field(string name)
    {
        foreach (var line in (HostText.All("/proc/self/status") ?? "").Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] == ':')
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return null;
    }
}
