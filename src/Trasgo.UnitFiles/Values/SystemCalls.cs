namespace Trasgo.UnitFiles.Values;

/// <summary>The names of system calls and of systemd's groups of them.</summary>
internal static class SystemCalls
{
    /// <summary>
    /// systemd names them, Debian 12's libseccomp (2.5.4) does not know them: there is nothing to allow or to forbid, so systemd leaves them out.
    /// </summary>
    private static readonly string[] s_unresolved = ["riscv_hwprobe", "sys_debug_setcontext", "uretprobe"];

    private static readonly Lazy<HashSet<string>> s_known = new(static () => [.. Group("@known")]);

    /// <summary>A call, a call with ":errno" or ":kill", or a group: as the calls they stand for.</summary>
    public static bool Resolve(string word, List<KeyValuePair<string, string>> names)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? word : word[..colon];
        var suffix = colon < 0 ? "" : word[(colon + 1)..];
        if (colon >= 0 && suffix is not "kill")
        {
            if (!Errnos.TryParse(suffix, out var number))
            {
                return false;
            }

            suffix = Errnos.Format(number);
        }

        if (name.StartsWith('@'))
        {
            names.AddRange(Group(name).Select(call => new KeyValuePair<string, string>(call, suffix)));
            return names.Count > 0;
        }

        names.Add(new(name, suffix));
        return s_known.Value.Contains(name);
    }

    /// <summary>The calls of a group and of the groups in it; nothing for an unknown one.</summary>
    public static IEnumerable<string> Group(string name)
    {
        foreach (var (group, members) in SystemCallGroups.All)
        {
            if (!string.Equals(group, name, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var member in members.Split(' '))
            {
                foreach (var call in member.StartsWith('@') ? Group(member) : Array.IndexOf(s_unresolved, member) >= 0 ? [] : [member])
                {
                    yield return call;
                }
            }
        }
    }
}
