using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>Which mounts go at the end of a machine, and in which order: what was mounted last first. Pure.</summary>
internal static class UnmountPlan
{
    private static readonly string[] s_kernels = ["/proc", "/sys", "/dev"];

    public static List<string> Of(IReadOnlyList<MountEntry> mounts)
    {
        var targets = new List<string>();
        for (var i = mounts.Count - 1; i >= 0; i--)
        {
            var path = mounts[i].MountPoint;
            if (path != "/" && !Array.Exists(s_kernels, kernel => path == kernel || path.StartsWith(kernel + "/", StringComparison.Ordinal)))
            {
                targets.Add(path);
            }
        }

        return targets;
    }
}
