namespace Trasgo.Cron;

/// <summary>
/// Which files Debian's cron believes. Whoever can write a table of the system runs commands as root, so one that others could have written, or
/// that somebody else owns, is not read.
/// </summary>
internal static class CronFileRules
{
    private const uint WritableByOthers = 0x12;
    private const uint OwnerOnly = 0x180;

    /// <summary>As run-parts(8) has it: "job.dpkg-new" and "job~" are none.</summary>
    public static bool IsNameInCronD(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Why a table of the system is not believed; null if it is.</summary>
    public static string? RefuseSystemTable(CronFile file)
    {
        if (!file.IsRegular)
        {
            return "NOT A REGULAR FILE";
        }

        if (file.LinkOwner is { } linkOwner && linkOwner != 0)
        {
            return "WRONG SYMLINK OWNER (root expected)";
        }

        return file.Owner != 0 ? "WRONG FILE OWNER (root expected)"
            : (file.Mode & WritableByOthers) != 0 ? "INSECURE MODE (group/other writable)"
            : null;
    }

    /// <summary>The same of a user's own table.</summary>
    public static string? RefuseUserTable(CronFile file, uint user)
    {
        if (!file.IsRegular || file.LinkOwner is not null)
        {
            return "NOT A REGULAR FILE";
        }

        return file.Owner != user && file.Owner != 0 ? "WRONG FILE OWNER"
            : file.Mode != OwnerOnly ? "INSECURE MODE (mode 0600 expected)"
            : file.Links != 1 ? "WRONG NUMBER OF LINKS (one expected)"
            : null;
    }
}
