using System.Globalization;

namespace Trasgo.Daemon;

/// <summary>Who this process is, see credentials(7): what the kernel says, not what was asked for.</summary>
internal readonly unsafe struct Credentials
{
    private readonly (uint Real, uint Effective, uint Saved) _user;
    private readonly (uint Real, uint Effective, uint Saved) _group;

    private Credentials((uint Real, uint Effective, uint Saved) user, (uint Real, uint Effective, uint Saved) group)
    {
        _user = user;
        _group = group;
    }

    /// <summary>Those of the calling thread.</summary>
    public static Credentials Current()
    {
        (uint Real, uint Effective, uint Saved) user, group;
        _ = Libc.getresuid(&user.Real, &user.Effective, &user.Saved);
        _ = Libc.getresgid(&group.Real, &group.Effective, &group.Saved);
        return new Credentials(user, group);
    }

    public bool IsUser(uint id) => _user == (id, id, id);

    public bool IsGroup(uint id) => _group == (id, id, id);

    /// <summary>
    /// Throws unless every thread is the user. The kernel keeps credentials for each thread; the C library changes those it knows of, and a thread that
    /// something else made would stay root.
    /// </summary>
    /// <exception cref="DaemonException">A thread is not, or cannot be looked at.</exception>
    public static void RequireEverywhere(DaemonUser user)
    {
        if (!Current().IsUser(user.UserId) || !Current().IsGroup(user.GroupId))
        {
            throw new DaemonException($"the kernel says that this process has not become user {user.Name}");
        }

        string userLine = Line("Uid", user.UserId), groupLine = Line("Gid", user.GroupId);
        var groups = user.Groups.ToHashSet();
        foreach (string thread in Threads())
        {
            if (Read(thread) is { } status && (!status.Contains(userLine) || !status.Contains(groupLine) || !GroupsIn(status).SetEquals(groups)))
            {
                throw new DaemonException($"thread {Path.GetFileName(thread)} of this process has not become user {user.Name}");
            }
        }
    }

    private static string Line(string field, uint id) => string.Create(CultureInfo.InvariantCulture, $"{field}:\t{id}\t{id}\t{id}\t{id}");

    private static string[] Threads()
    {
        try
        {
            return Directory.GetDirectories("/proc/self/task");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DaemonException("cannot look at the threads of this process: is /proc mounted?", e);
        }
    }

    /// <summary>Null for a thread that has ended since it was listed.</summary>
    private static string[]? Read(string thread)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(thread, "status"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(thread) ? throw new DaemonException($"cannot look at thread {Path.GetFileName(thread)} of this process", e) : null;
        }
    }

    private static HashSet<uint> GroupsIn(string[] status)
    {
        const string Field = "Groups:\t";
        string line = Array.Find(status, line => line.StartsWith(Field, StringComparison.Ordinal)) ?? Field;
        return [.. line[Field.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => uint.Parse(id, CultureInfo.InvariantCulture))];
    }
}
