using System.Globalization;

namespace Trasgo.Daemon;

/// <summary>
/// The user that a daemon becomes when it no longer needs to be root: step 13 of daemon(7), "SysV Daemons". It is looked up while the program reads its arguments, so that a wrong
/// name is an error of the command line, and become between the last thing that takes root - a port below 1024, a file in <c>/run/</c> - and the first word of a client.
/// </summary>
/// <remarks>
/// A service manager does the same with <c>User=</c>, and better, since then the program never is root. This is for daemons that are started by init scripts, by hand or by a unit
/// without it.
/// </remarks>
public sealed class DaemonUser
{
    private const uint Same = uint.MaxValue;

    private readonly uint[] _groups;

    private DaemonUser(string name, uint userId, uint groupId, string homeDirectory, uint[] groups)
    {
        Name = name;
        UserId = userId;
        GroupId = groupId;
        HomeDirectory = homeDirectory;
        _groups = groups;
    }

    /// <summary>The user's name.</summary>
    public string Name { get; }

    /// <summary>The number of the user, see credentials(7); not 0.</summary>
    public uint UserId { get; }

    /// <summary>The number of the group: the one that was asked for, otherwise the user's own.</summary>
    public uint GroupId { get; }

    /// <summary>The supplementary groups: those whose members the user is among, and <see cref="GroupId"/>.</summary>
    public IReadOnlyList<uint> Groups => _groups;

    /// <summary>The user's home directory, which need not be there.</summary>
    public string HomeDirectory { get; }

    /// <summary>Looks up a user and the groups, as getpwnam(3), getgrnam(3) and initgroups(3) find them.</summary>
    /// <param name="user">The name, or the number in decimal digits. It is in the data base in either case.</param>
    /// <param name="group">The name or number of a group to have in place of the user's own; null for that one.</param>
    /// <returns>The user. Nothing has changed yet.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="DaemonException">There is no such user or group, the data base cannot be asked, or the user is root: then there is nothing to give up.</exception>
    public static DaemonUser Find(string user, string? group = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(user);
        var (name, userId, ownGroup, home) = UserDatabase.FindUser(user) ?? throw new DaemonException($"there is no user {user}");
        if (userId == 0)
        {
            throw new DaemonException($"user {name} is root: a daemon gives up nothing by becoming that");
        }

        uint groupId = ownGroup;
        if (group is not null)
        {
            ArgumentException.ThrowIfNullOrEmpty(group);
            groupId = UserDatabase.FindGroup(group) ?? throw new DaemonException($"there is no group {group}");
        }

        return new DaemonUser(name, userId, groupId, home, UserDatabase.GroupsOf(name, groupId));
    }

    /// <summary>
    /// Makes the whole process this user, for good: the supplementary groups, then the group, then the user, each real, effective and saved, for all threads. With the change from
    /// root the kernel takes all capabilities away (capabilities(7)). Afterwards each thread is looked at, and it is tried to become root again, which must fail.
    /// A process that is this user and group already stays as it is.
    /// </summary>
    /// <remarks>
    /// Open descriptors stay open, listening sockets among them; the environment stays as it is, and so <c>$HOME</c>. A PID file in a directory that the user cannot write to is
    /// emptied in place of being removed. The kernel writes no core dump of such a process (<c>suid_dumpable</c>, proc(5)).
    /// </remarks>
    /// <exception cref="DaemonException">
    /// This process may not become another user (EPERM: it is not root), or it could become root again, or <c>/proc/</c> is not there to look. It may be half of both by now and must end.
    /// </exception>
    public unsafe void Become()
    {
        var now = Credentials.Current();
        if (now.IsUser(UserId) && now.IsGroup(GroupId))
        {
            return;
        }

        fixed (uint* groups = _groups)
        {
            Require(Libc.setgroups((nuint)_groups.Length, groups), "take the groups of");
        }

        Require(Libc.setresgid(GroupId, GroupId, GroupId), "take the group of");
        Require(Libc.setresuid(UserId, UserId, UserId), "become");
        RequireNoWayBack();
        Credentials.RequireEverywhere(this);
    }

    /// <summary>A process with CAP_SETUID that was not root keeps it, and with it everything.</summary>
    private void RequireNoWayBack()
    {
        bool userIsBack = Libc.setresuid(Same, 0, Same) == 0;
        bool groupIsBack = GroupId != 0 && Libc.setresgid(Same, 0, Same) == 0;
        if (userIsBack || groupIsBack)
        {
            _ = Libc.setresgid(Same, GroupId, Same);
            _ = Libc.setresuid(Same, UserId, Same);
            throw new DaemonException($"became user {Name}, but could become root again: a capability is left");
        }
    }

    private void Require(int result, string what)
    {
        if (result != 0)
        {
            throw DaemonException.Last(string.Create(CultureInfo.InvariantCulture, $"cannot {what} user {Name}, being user {Libc.geteuid()}"));
        }
    }
}
