namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>/proc/cmdline; in a container it is the host's and says nothing to us, so PID 1's arguments count there.</summary>
internal static class KernelCommandLine
{
    private static readonly string[] s_runlevels =
        ["emergency", "-b", "rescue", "single", "-s", "s", "S", "1", "2", "3", "4", "5"];

    /// <summary>The word that chooses another default unit, if there is one.</summary>
    internal static string? DefaultUnitOverride()
    {
        string? found = null;
        foreach (var word in Words())
        {
            if (word.StartsWith("systemd.unit=", StringComparison.Ordinal))
            {
                found = "systemd.unit";
            }
            else if (Array.IndexOf(s_runlevels, word) >= 0)
            {
                found = word;
            }
        }

        return found;
    }

    private static string[] Words()
    {
        try
        {
            return File.Exists("/run/systemd/container")
                ? File.ReadAllText("/proc/1/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray()
                : File.ReadAllText("/proc/cmdline").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
