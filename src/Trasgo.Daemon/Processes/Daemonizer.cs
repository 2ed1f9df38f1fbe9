using System.Globalization;

namespace Trasgo.Daemon;

/// <summary>
/// Makes the program a daemon of the old kind: daemon(7), "SysV Daemons". A service manager does not ask for it - <c>Type=notify</c> and
/// <see cref="ServiceNotifier"/> do better - but init scripts, <c>Type=forking</c> and people at a shell do.
/// </summary>
/// <remarks>
/// <para>A managed program cannot go on after fork(2). So <see cref="Detach"/> starts the program once more, with the same arguments in the same directory, as the leader
/// of a new session; that one starts it a third time, as the daemon, which leads no session and so can never acquire a terminal. The first two
/// wait: until the daemon says that it is up, or ends.</para>
/// <para>Everything the program does before <see cref="Detach"/> it does three times, so that is the place for reading arguments and complaining about them, and for
/// nothing else: descriptors opened there do not reach the daemon.</para>
/// </remarks>
public static class Daemonizer
{
    private const string Variable = "TRASGO_DAEMON_STAGE";
    private const string Leader = "leader";
    private const string Daemon = "daemon:";

    /// <summary>
    /// Detaches the program from the terminal, the session and the directory it was started in. It returns in the daemon only: in the first process, and in the one in between,
    /// it never does. The first process exits with 0 once the daemon calls <see cref="DetachedProcess.Ready"/>.
    /// </summary>
    /// <param name="options">What the daemon gets; null for the defaults.</param>
    /// <returns>
    /// The daemon's side. Until it is ready, what it writes to its standard error appears on that of the first process; if it ends before it is ready, the first process
    /// exits with its exit status (1 if that was 0, 128 and the signal's number if a signal ended it). So a daemon that cannot start complains as any program does.
    /// </returns>
    /// <exception cref="AlreadyRunningException">Another instance holds the PID file. Thrown in the daemon.</exception>
    /// <exception cref="ArgumentException">A path in the options is not absolute. Thrown in the first process.</exception>
    /// <exception cref="DaemonException">The program cannot be started once more, the directory cannot be entered, or the PID file cannot be had.</exception>
    public static DetachedProcess Detach(DaemonOptions? options = null)
    {
        options ??= new DaemonOptions();
        RequireAbsolute(options.WorkingDirectory);
        if (options.PidFile is { } pidFile)
        {
            RequireAbsolute(pidFile);
        }

        string? stage = StageVariable.Take(Variable);
        if (stage?.StartsWith(Daemon, StringComparison.Ordinal) == true
            && int.TryParse(stage.AsSpan(Daemon.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int ready))
        {
            return DetachedProcess.Begin(options, ready);
        }

        Libc._exit(stage == Leader ? DetachingProcess.RunLeader(Variable, Daemon) : DetachingProcess.RunFirst(options, Variable, Leader));
        throw new InvalidOperationException("_exit returned");
    }

    private static void RequireAbsolute(string path)
    {
        if (path is not ['/', ..])
        {
            throw new ArgumentException($"A daemon's paths are absolute, since it leaves the directory it was started in; this one is not: {path}", nameof(path));
        }
    }
}
