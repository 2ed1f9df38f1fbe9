using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>Where users and groups are looked up: the files at once, and NSS through a child for who is not in them.</summary>
internal interface IUserDirectory
{
    UserEntry? User(string nameOrId);

    GroupEntry? Group(string nameOrId);

    uint[] GroupsOf(UserEntry user, uint gid);
}

/// <summary>The files alone.</summary>
internal sealed class FileUserDirectory(Users users) : IUserDirectory
{
    public UserEntry? User(string nameOrId) => Users.TryParseId(nameOrId, out var uid) ? users.ById(uid) : users.ByName(nameOrId);

    public GroupEntry? Group(string nameOrId) =>
        Users.TryParseId(nameOrId, out var gid) ? users.GroupById(gid) : users.GroupByName(nameOrId);

    public uint[] GroupsOf(UserEntry user, uint gid) => users.GroupsOf(user.Name, gid);
}
