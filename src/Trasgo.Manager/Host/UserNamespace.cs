namespace Trasgo.Manager;

/// <summary>Whether our user namespace is another than the machine's first.</summary>
internal static class UserNamespace
{
    public static bool IsPrivate() =>
        HasMapping("/proc/self/uid_map") || HasMapping("/proc/self/gid_map") || HostText.Line("/proc/self/setgroups")?.Trim() == "deny";

    /// <summary>Everything but one line that maps all IDs onto themselves; an empty map is a namespace nobody has set up yet.</summary>
    private static bool HasMapping(string path)
    {
        if (HostText.All(path) is not { } text)
        {
            return false;
        }

        var words = text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 3 || words[0] != "0" || words[1] != "0" || words[2] != "4294967295";
    }
}
