using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec;

/// <summary>
/// User=, Group= and SupplementaryGroups= to ids. A name that nobody knows fails the start, at systemd's steps 217/USER and 216/GROUP:
/// never does a command run as root because its user was not understood (CVE-2017-1000082).
/// </summary>
internal static class IdentityResolver
{
    public readonly record struct Outcome(ExecIdentity? Identity, SpawnFailure? Failure);

    public static Outcome Resolve(ExecConfig config, string unitId, IUserDirectory directory, DynamicUsers dynamic)
    {
        if (config.DynamicUser)
        {
            return ResolveDynamic(config, unitId, directory, dynamic);
        }

        if (config is { User: null, Group: null, SupplementaryGroups.Count: 0 })
        {
            return new Outcome(ExecIdentity.Unchanged, null);
        }

        UserEntry? user = null;
        if (config.User is { } userName && !TryUser(userName, directory, out user))
        {
            return Failed(SpawnStep.User, $"Failed to determine user credentials of '{userName}'");
        }

        var gid = user?.Gid;
        if (config.Group is { } groupName)
        {
            if (!TryGroup(groupName, directory, out var group))
            {
                return Failed(SpawnStep.Group, $"Failed to determine group credentials of '{groupName}'");
            }

            gid = group;
        }

        return WithGroups(config, user, gid, directory);
    }

    private static Outcome ResolveDynamic(ExecConfig config, string unitId, IUserDirectory directory, DynamicUsers dynamic)
    {
        var name = config.User ?? DynamicUsers.NameFor(unitId);

        // A user of that name who exists is taken as he is (systemd.exec(5)).
        if (directory.User(name) is { } existing)
        {
            return WithGroups(config, existing, existing.Gid, directory);
        }

        if (dynamic.Allocate(name, directory) is not { } uid)
        {
            return Failed(SpawnStep.User, "Failed to allocate a dynamic user");
        }

        return WithGroups(config, new UserEntry(name, uid, uid, "/", "/usr/sbin/nologin"), uid, directory);
    }

    private static Outcome WithGroups(ExecConfig config, UserEntry? user, uint? gid, IUserDirectory directory)
    {
        var own = user is null ? null : !config.InitGroups ? [] : gid is > 0 ? directory.GroupsOf(user, gid.Value) : null;
        List<uint>? groups = own is null ? null : [.. own];
        foreach (var name in config.SupplementaryGroups)
        {
            if (!TryGroup(name, directory, out var supplementary))
            {
                return Failed(SpawnStep.Group, $"Failed to determine supplementary group '{name}'");
            }

            (groups ??= []).Add(supplementary);
        }

        return new Outcome(
            new ExecIdentity
            {
                Name = user?.Name,
                Uid = user?.Uid,
                Gid = gid,
                Home = Enlightening(user?.Home, static home => home is "" or "/"),
                Shell = Enlightening(user?.Shell, IsNoShell),
                Groups = groups is null ? null : [.. groups.Distinct()],
                OwnGroups = own,
            },
            null);
    }

    /// <summary>
    /// As in systemd a number, too, has to be somebody's; root exists even where there is no file, and nobody is the same everywhere.
    /// </summary>
    private static bool TryUser(string nameOrId, IUserDirectory directory, out UserEntry? user)
    {
        user = nameOrId switch
        {
            "nobody" or "65534" => new UserEntry("nobody", 65534, 65534, "/", "/usr/sbin/nologin"),
            "root" or "0" => directory.User(nameOrId) ?? new UserEntry("root", 0, 0, "/root", "/bin/sh"),
            _ => directory.User(nameOrId),
        };
        return user is not null;
    }

    private static bool TryGroup(string nameOrId, IUserDirectory directory, out uint gid)
    {
        var known = directory.Group(nameOrId)?.Gid ?? nameOrId switch
        {
            "root" or "0" => 0,
            "nogroup" or "65534" => 65534,
            _ => (uint?)null,
        };
        gid = known ?? 0;
        return known is not null;
    }

    private static string? Enlightening(string? value, Func<string, bool> isNothing) => value is null || isNothing(value) ? null : value;

    private static bool IsNoShell(string shell) =>
        shell.Length == 0 || Path.GetFileName(shell) is "nologin" or "false" || shell is "/bin/true" or "/usr/bin/true";

    private static Outcome Failed(SpawnStep step, string what) => new(null, new SpawnFailure(step, Errno.ESRCH, what));
}
