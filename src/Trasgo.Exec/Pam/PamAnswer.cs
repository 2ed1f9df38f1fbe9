using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>What the session's modules left: the groups of the process, and the environment, which has all that was given to them too.</summary>
internal sealed record PamAnswer(IReadOnlyList<uint> Groups, IReadOnlyList<string> Environment)
{
    /// <summary>The groups with commas between them and each variable, with a NUL after each. What makes no sense is left out.</summary>
    public static PamAnswer Parse(ReadOnlySpan<byte> content)
    {
        var texts = Utf8.Decode(content).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var hasGroups = content is not ([] or [0, ..]);
        List<uint> groups = [];
        foreach (var word in hasGroups ? texts[0].Split(',') : [])
        {
            if (Users.TryParseId(word, out var gid))
            {
                groups.Add(gid);
            }
        }

        return new PamAnswer(groups, hasGroups ? texts[1..] : texts);
    }

    /// <summary>pam_group(8) adds to the groups of the process; they are the user's beside those of the settings.</summary>
    public ExecIdentity MergeInto(ExecIdentity identity)
    {
        List<uint> merged = [.. identity.Groups ?? []];
        foreach (var group in Groups)
        {
            if (!merged.Contains(group))
            {
                merged.Add(group);
            }
        }

        return merged.Count == 0 ? identity : identity with { Groups = [.. merged] };
    }
}
