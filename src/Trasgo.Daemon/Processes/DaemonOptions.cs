namespace Trasgo.Daemon;

/// <summary>How <see cref="Daemonizer.Detach"/> makes a daemon. The defaults are those of daemon(7).</summary>
public sealed class DaemonOptions
{
    /// <summary>
    /// The PID file to hold while the daemon runs, an absolute path as <see cref="Trasgo.Daemon.PidFile.PathFor"/> gives it; null for none. See
    /// <see cref="Trasgo.Daemon.PidFile.Acquire"/> for what is refused.
    /// </summary>
    public string? PidFile { get; init; }

    /// <summary>Where the daemon works, an absolute path. <c>/</c> by default, so that it keeps no file system from being unmounted.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>The permissions that files made by the daemon do not get, umask(2). None by default: each file is made with the mode that the program asks for.</summary>
    public UnixFileMode Umask { get; init; } = UnixFileMode.None;

    /// <summary>
    /// The environment variables that the daemon keeps, and no others. Null, the default, keeps all but those that belong to the shell it was started from
    /// and its terminal (<c>TERM</c>, <c>PWD</c>, <c>IFS</c>, ...) and those that speak of descriptors, which are closed (<c>LISTEN_FDS</c>, ...).
    /// </summary>
    public IReadOnlyCollection<string>? KeepEnvironment { get; init; }

    private static readonly HashSet<string> s_shellVariables = new(StringComparer.Ordinal)
    {
        "TERM", "COLUMNS", "LINES", "PWD", "OLDPWD", "SHLVL", "_", "IFS", "CDPATH", "ENV", "BASH_ENV", "PS1", "PS2", "PS4", "PROMPT_COMMAND", "WINDOWID",
        "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "WATCHDOG_PID", "WATCHDOG_USEC",
    };

    internal bool Keeps(string variable) => KeepEnvironment?.Contains(variable) ?? !s_shellVariables.Contains(variable);
}
