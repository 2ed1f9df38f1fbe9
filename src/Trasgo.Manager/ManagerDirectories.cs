using Trasgo.Engine.Units;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>Where the directories of RuntimeDirectory= and its kin are for this manager (file-hierarchy(7), systemd.exec(5)).</summary>
internal static class ManagerDirectories
{
    public static DirectoryLayout For(ManagerOptions options)
    {
        if (options.Scope == RuntimeScope.System)
        {
            return DirectoryLayout.System;
        }

        var home = Environment.GetEnvironmentVariable("HOME") ?? "/";
        return DirectoryLayout.User(
            Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run",
            FromEnvironment("XDG_CONFIG_HOME", home + "/.config"),
            FromEnvironment("XDG_CACHE_HOME", home + "/.cache"));
    }

    /// <summary>The same, for those who make the directories.</summary>
    public static Exec.DirectoryPrefixes PrefixesFor(ManagerOptions options)
    {
        var layout = For(options);
        return new Exec.DirectoryPrefixes(layout.Runtime, layout.State, layout.Cache, layout.Logs, layout.Configuration);
    }

    private static string FromEnvironment(string name, string fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 1 } value && value[0] == '/' ? value : fallback;
}
