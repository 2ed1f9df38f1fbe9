using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// Who the manager runs as. Names come from /etc/passwd and /etc/group alone: an NSS module could block the manager, which is why
/// systemd's PID 1 asks none either.
/// </summary>
internal static class UserConditions
{
    private const uint Nobody = 65534;
    private const uint LastSystemUser = 999;

    public static bool User(string parameter)
    {
        switch (parameter)
        {
            case "root":
                return IsUs(0);
            case "nobody":
                return IsUs(Nobody);
            case "@system":
                return ProcessControl.Uid <= LastSystemUser || ProcessControl.EffectiveUid <= LastSystemUser;
        }

        if (TryId(parameter, out var id))
        {
            return IsUs(id);
        }

        return ProcessControl.Pid != 1 && Users.System.ByName(parameter) is { } user && IsUs(user.Uid);
    }

    public static bool Group(string parameter)
    {
        if (TryId(parameter, out var id))
        {
            return IsOurs(id);
        }

        if (ProcessControl.Pid == 1)
        {
            return parameter == "root";
        }

        return Users.System.GroupByName(parameter) is { } group && IsOurs(group.Gid);
    }

    private static bool TryId(string text, out uint id) => Numbers.TryDecimal(text, out id) && Users.TryParseId(text, out id);

    private static bool IsUs(uint uid) => uid == ProcessControl.Uid || uid == ProcessControl.EffectiveUid;

    private static bool IsOurs(uint gid) => gid == ProcessControl.Gid || ProcessControl.Groups.Contains(gid);
}
