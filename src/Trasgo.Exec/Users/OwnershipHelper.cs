using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>
/// "trasgo exec-chown USER GROUP PATH...": gives paths to a user and a group, either of which may be empty. The manager runs it for SocketUser= and
/// SocketGroup=, because a name service may block.
/// </summary>
internal static class OwnershipHelper
{
    public const string Path = "/proc/self/exe";

    // Exit statuses of systemd.exec(5).
    private const int UnknownGroup = 216;
    private const int UnknownUser = 217;
    private const int ChangeFailed = 235;

    private const uint Unchanged = uint.MaxValue;

    public static IReadOnlyList<string> Command { get; } = ["(trasgo-chown)", "exec-chown"];

    public static int Run(IReadOnlyList<string> arguments, Action<string> report)
    {
        if (arguments is not [var user, var group, ..])
        {
            return 1;
        }

        var uid = Unchanged;
        var gid = Unchanged;
        if (user.Length > 0)
        {
            if (NameService.User(user) is not ({ } entry, _))
            {
                report($"Failed to resolve user {user}: No such process");
                return UnknownUser;
            }

            (uid, gid) = (entry.Uid, entry.Gid);
        }

        if (group.Length > 0)
        {
            if (NameService.Group(group) is not { } entry)
            {
                report($"Failed to resolve group {group}: No such process");
                return UnknownGroup;
            }

            gid = entry.Gid;
        }

        for (var i = 2; i < arguments.Count; i++)
        {
            if (FileSystem.ChangeOwner(arguments[i], uid, gid) is var error and not Errno.None)
            {
                report($"Failed to change the owner of {arguments[i]}: {ErrnoNames.Message(error)}");
                return ChangeFailed;
            }
        }

        return 0;
    }
}
