using Trasgo.Linux;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>Whether this is the first boot, and whether /usr/ is newer than what was made from it.</summary>
internal static class UpdateConditions
{
    public static Result<bool> FirstBoot(string parameter) =>
        Booleans.Parse(parameter) is { } wanted ? HostText.Exists("/run/systemd/first-boot") == wanted : Errno.EINVAL;

    /// <summary>In doubt an update is needed: one too many does no harm.</summary>
    public static bool NeedsUpdate(string directory)
    {
        if (KernelCommandLine.Switch("systemd.condition-needs-update") is { } told)
        {
            return told;
        }

        if (HostText.Exists("/etc/initrd-release"))
        {
            return false;
        }

        if (!PathText.IsAbsolute(directory))
        {
            return true;
        }

        if (FileSystem.IsOnReadOnly(directory) is { Ok: true, Value: true })
        {
            return false;
        }

        var stampFile = directory + "/.updated";
        if (Modified(stampFile) is not { } stamp || Modified("/usr/") is not { } usr)
        {
            return true;
        }

        if (usr / 1_000_000_000 != stamp / 1_000_000_000 || usr % 1_000_000_000 == 0 || stamp % 1_000_000_000 > 0)
        {
            return usr > stamp;
        }

        // A file system that keeps whole seconds only: the file itself has the exact time.
        return !ulong.TryParse(EnvironmentFile.Value(HostText.All(stampFile), "TIMESTAMP_NSEC"), out var exact) || usr > exact;
    }

    /// <summary>Nanoseconds since the epoch.</summary>
    private static ulong? Modified(string path) => FileSystem.ModifiedNanoseconds(path) is { Ok: true, Value: var time } ? time : null;
}
