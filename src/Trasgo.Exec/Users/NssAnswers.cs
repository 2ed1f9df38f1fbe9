using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>The files, and beside them what NSS has answered for this start.</summary>
internal sealed class NssAnswers(IUserDirectory files) : IUserDirectory
{
    private readonly Dictionary<string, (UserEntry Entry, uint[] Groups)> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupEntry> _groups = new(StringComparer.Ordinal);

    public UserEntry? User(string nameOrId) =>
        files.User(nameOrId) ?? (_users.TryGetValue(nameOrId, out var answer) ? answer.Entry : null);

    public GroupEntry? Group(string nameOrId) => files.Group(nameOrId) ?? _groups.GetValueOrDefault(nameOrId);

    public uint[] GroupsOf(UserEntry user, uint gid)
    {
        foreach (var (entry, groups) in _users.Values)
        {
            if (entry == user)
            {
                return [gid, .. groups.Where(g => g != gid)];
            }
        }

        return files.GroupsOf(user, gid);
    }

    /// <summary>Takes the helper's answer, a line for each that was found; what makes no sense is left out.</summary>
    public void Add(string output)
    {
        foreach (var line in output.Split('\n'))
        {
            switch (line.Split('\t'))
            {
                case ["user", var query, var name, var uidText, var gidText, var home, var shell, var groups]
                    when Users.TryParseId(uidText, out var uid) && Users.TryParseId(gidText, out var gid):
                    _users[query] = (new UserEntry(name, uid, gid, home, shell), Ids(groups));
                    break;
                case ["group", var query, var name, var gidText] when Users.TryParseId(gidText, out var gid):
                    _groups[query] = new GroupEntry(name, gid, []);
                    break;
            }
        }
    }

    private static uint[] Ids(string text) =>
        [.. text.Split(',').Select(static word => Users.TryParseId(word, out var id) ? id : (uint?)null).OfType<uint>()];
}
