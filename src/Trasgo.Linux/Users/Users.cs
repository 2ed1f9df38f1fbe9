using System.Text;

namespace Trasgo.Linux;

/// <summary>An entry of /etc/passwd.</summary>
internal sealed record UserEntry(string Name, uint Uid, uint Gid, string Home, string Shell);

/// <summary>An entry of /etc/group.</summary>
internal sealed record GroupEntry(string Name, uint Gid, string[] Members);

/// <summary>
/// /etc/passwd and /etc/group as they are now, read without NSS: an NSS module may talk to the network for minutes, and would live in
/// the manager for ever. Who is not found here is asked for in a child. Both files are read again when they changed.
/// </summary>
internal sealed class Users
{
    private const int Limit = 16 * 1024 * 1024;

    private readonly CachedTable<UserEntry> _users;
    private readonly CachedTable<GroupEntry> _groups;

    public Users(string root = "/")
    {
        _users = new CachedTable<UserEntry>(Path.Combine(root, "etc/passwd"), Limit, ParseUser);
        _groups = new CachedTable<GroupEntry>(Path.Combine(root, "etc/group"), Limit, ParseGroup);
    }

    public static Users System { get; } = new();

    public UserEntry? ByName(string name) => _users.Find(user => user.Name == name);

    public UserEntry? ById(uint uid) => _users.Find(user => user.Uid == uid);

    public GroupEntry? GroupByName(string name) => _groups.Find(group => group.Name == name);

    public GroupEntry? GroupById(uint gid) => _groups.Find(group => group.Gid == gid);

    /// <summary>As initgroups(3): the groups that list the user, and the one given.</summary>
    public uint[] GroupsOf(string user, uint gid)
    {
        var groups = new List<uint> { gid };
        foreach (var group in _groups.All)
        {
            if (group.Members.Contains(user) && !groups.Contains(group.Gid))
            {
                groups.Add(group.Gid);
            }
        }

        return [.. groups];
    }

    /// <summary>"0" and "65534" are ids; "0day" is none (CVE-2017-1000082). The ids -1 of 16 and 32 bits mean "unchanged" to the kernel and are refused.</summary>
    public static bool TryParseId(string text, out uint id) =>
        uint.TryParse(text, global::System.Globalization.NumberStyles.None, null, out id) && id is not (uint.MaxValue or ushort.MaxValue);

    private static UserEntry? ParseUser(string line) =>
        line.Split(':') is [{ Length: > 0 } name, _, var uidText, var gidText, _, var home, var shell]
        && TryParseId(uidText, out var uid) && TryParseId(gidText, out var gid)
            ? new UserEntry(name, uid, gid, home, shell)
            : null;

    private static GroupEntry? ParseGroup(string line) =>
        line.Split(':') is [{ Length: > 0 } name, _, var gidText, var members] && TryParseId(gidText, out var gid)
            ? new GroupEntry(name, gid, members.Split(',', StringSplitOptions.RemoveEmptyEntries))
            : null;

    private sealed class CachedTable<T>(string path, int limit, Func<string, T?> parse)
        where T : class
    {
        private List<T> _entries = [];
        private (ulong Inode, ulong Changed, ulong Size) _stamp;

        public List<T> All
        {
            get
            {
                Refresh();
                return _entries;
            }
        }

        public T? Find(Predicate<T> match) => All.Find(match);

        private void Refresh()
        {
            var status = FileSystem.Status(path);
            var stamp = status.Ok ? (status.Value.Inode, status.Value.ChangedUsec, status.Value.Size) : default;
            if (stamp == _stamp)
            {
                return;
            }

            _stamp = stamp;
            _entries = [];
            if (FileSystem.Read(path, limit) is not { Ok: true, Value: var bytes })
            {
                return;
            }

            foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
            {
                if (parse(line) is { } entry)
                {
                    _entries.Add(entry);
                }
            }
        }
    }
}
