namespace Trasgo.UnitFiles.LoadPath;

/// <summary>The XDG base directories; null where neither their variable nor $HOME is set.</summary>
internal static class UserDirectory
{
    public static string? Config(IReadOnlyDictionary<string, string> env) => Of(env, "XDG_CONFIG_HOME", "/.config");

    public static string? Data(IReadOnlyDictionary<string, string> env) => Of(env, "XDG_DATA_HOME", "/.local/share");

    public static string? Cache(IReadOnlyDictionary<string, string> env) => Of(env, "XDG_CACHE_HOME", "/.cache");

    public static string? Runtime(IReadOnlyDictionary<string, string> env) => env.GetValueOrDefault("XDG_RUNTIME_DIR");

    public static string[] ConfigDirectories(IReadOnlyDictionary<string, string> env) =>
        ListOf(env, "XDG_CONFIG_DIRS") ?? ["/etc/xdg"];

    public static string[] DataDirectories(IReadOnlyDictionary<string, string> env) =>
        ListOf(env, "XDG_DATA_DIRS") ?? ["/usr/local/share", "/usr/share"];

    private static string? Of(IReadOnlyDictionary<string, string> env, string variable, string belowHome)
    {
        if (env.TryGetValue(variable, out var directory))
        {
            return directory;
        }

        return env.TryGetValue("HOME", out var home) && home.StartsWith('/') ? home.TrimEnd('/') + belowHome : null;
    }

    private static string[]? ListOf(IReadOnlyDictionary<string, string> env, string variable) =>
        env.TryGetValue(variable, out var text) ? text.Split(':', StringSplitOptions.RemoveEmptyEntries) : null;
}
