namespace Trasgo.Exec;

/// <summary>What RuntimeDirectory=, StateDirectory=, CacheDirectory=, LogsDirectory= and ConfigurationDirectory= are relative to.</summary>
internal sealed record DirectoryPrefixes(string Runtime, string State, string Cache, string Logs, string Configuration)
{
    public static DirectoryPrefixes System { get; } = new("/run", "/var/lib", "/var/cache", "/var/log", "/etc");

    /// <summary>As systemd 252: state and configuration share $XDG_CONFIG_HOME, logs lie below it in log/.</summary>
    public static DirectoryPrefixes User(string runtime, string configurationHome, string cacheHome) =>
        new(runtime, configurationHome, cacheHome, Path.Combine(configurationHome, "log"), configurationHome);
}
