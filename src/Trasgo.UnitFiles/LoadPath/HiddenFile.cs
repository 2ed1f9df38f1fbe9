namespace Trasgo.UnitFiles.LoadPath;

/// <summary>What editors and package managers leave beside configuration files, and systemd passes over.</summary>
internal static class HiddenFile
{
    private static readonly string[] s_suffixes =
    [
        "~", ".rpmnew", ".rpmsave", ".rpmorig", ".dpkg-old", ".dpkg-new", ".dpkg-tmp", ".dpkg-dist", ".dpkg-bak", ".dpkg-backup",
        ".dpkg-remove", ".ucf-new", ".ucf-old", ".ucf-dist", ".swp", ".bak", ".old", ".new",
    ];

    public static bool Is(string name)
    {
        if (name.StartsWith('.') || name is "lost+found" or "aquota.user" or "aquota.group")
        {
            return true;
        }

        foreach (var suffix in s_suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
