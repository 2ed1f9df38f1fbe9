using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>
/// "trasgo exec-nss user:NAME group:NAME ...": asks NSS in a process of its own and prints a line for each that exists. The manager
/// starts it for names that /etc/passwd and /etc/group do not have.
/// </summary>
internal static class NssHelper
{
    public static int Run(IReadOnlyList<string> queries, TextWriter output)
    {
        foreach (var query in queries)
        {
            var line = query.Split(':', 2) switch
            {
                ["user", var name] => Line(name, NameService.User(name)),
                ["group", var name] => Line(name, NameService.Group(name)),
                _ => null,
            };
            if (line is not null && !line.Contains('\n'))
            {
                output.Write(line + "\n");
            }
        }

        output.Flush();
        return 0;
    }

    private static string? Line(string query, (UserEntry User, uint[] Groups)? answer) => answer is var (user, groups)
        ? string.Join('\t', "user", query, user.Name, user.Uid, user.Gid, user.Home, user.Shell, string.Join(',', groups))
        : null;

    private static string? Line(string query, GroupEntry? group) =>
        group is null ? null : string.Join('\t', "group", query, group.Name, group.Gid);
}
