namespace Trasgo.UnitFiles.Values;

/// <summary>The names of system calls and of systemd's groups of them.</summary>
internal static class SystemCalls
{
    /// <summary>A call, a call with ":errno" or ":kill", or a group: as the calls they stand for.</summary>
    public static bool Resolve(string word, List<KeyValuePair<string, string>> names)
    {
        var colon = word.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? word : word[..colon];
        var suffix = colon < 0 ? "" : word[(colon + 1)..];
        if (colon >= 0 && suffix is not "kill" && !Errnos.TryParse(suffix, out _))
        {
            return false;
        }

        names.Add(new(name, suffix));
        return name.Length > 0 && !name.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_@-");
    }

    public static IEnumerable<string> Group(string name) => [name];
}
