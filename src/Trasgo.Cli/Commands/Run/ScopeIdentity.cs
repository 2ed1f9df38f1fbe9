using Trasgo.Cli.Output;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Run;

/// <summary>--uid= and --gid= of a scope, whose command is executed by ourselves.</summary>
internal static class ScopeIdentity
{
    /// <summary>Becomes the user and the group, and adds what tells of them; false after saying why not.</summary>
    internal static bool Take(RunOptions options, List<string> environment, CommandOutput output)
    {
        if (options.ExecGroup is { } group)
        {
            if (Group(group) is not { } gid)
            {
                return Fail(output, $"Failed to resolve group {group}: {ErrnoNames.Message(Errno.ESRCH)}");
            }

            if (ProcessControl.SetGroup(gid) is var refused and not Errno.None)
            {
                return Fail(output, $"Failed to change GID to {gid}: {ErrnoNames.Message(refused)}");
            }
        }

        if (options.ExecUser is not { } name)
        {
            return true;
        }

        if (User(name) is not { } user)
        {
            return Fail(output, $"Failed to resolve user {name}: {ErrnoNames.Message(Errno.ESRCH)}");
        }

        environment.AddRange([$"HOME={user.Home}", $"SHELL={user.Shell}", $"USER={user.Name}", $"LOGNAME={user.Name}"]);
        if (options.ExecGroup is null && ProcessControl.SetGroup(user.Gid) is var error and not Errno.None)
        {
            return Fail(output, $"Failed to change GID to {user.Gid}: {ErrnoNames.Message(error)}");
        }

        return ProcessControl.SetUser(user.Uid) is var last && last == Errno.None
            || Fail(output, $"Failed to change UID to {user.Uid}: {ErrnoNames.Message(last)}");
    }

    private static UserEntry? User(string name) =>
        uint.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var uid) ? Users.System.ById(uid) : Users.System.ByName(name);

    private static uint? Group(string name) =>
        uint.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var gid) ? gid : Users.System.GroupByName(name)?.Gid;

    private static bool Fail(CommandOutput output, string message)
    {
        output.Error(message);
        return false;
    }
}
