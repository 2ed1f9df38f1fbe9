using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>The daemon that <see cref="Daemonizer.Detach"/> made, as it sees itself. Disposing removes its PID file.</summary>
public sealed class DetachedProcess : IDisposable
{
    private const int StandardError = 2;

    private readonly PosixSignalRegistration _hangUp;
    private SafeFileHandle? _ready;

    private DetachedProcess(SafeFileHandle ready, PosixSignalRegistration hangUp, PidFile? pidFile)
    {
        _ready = ready;
        _hangUp = hangUp;
        PidFile = pidFile;
    }

    /// <summary>The PID file that <see cref="DaemonOptions.PidFile"/> asked for; null if it did not.</summary>
    public PidFile? PidFile { get; }

    /// <summary>
    /// The daemon is up: the first process exits with 0. From here on nobody hears what is written to standard error, which is <c>/dev/null</c> like the
    /// other two; errors go to syslog or a file. A second call does nothing.
    /// </summary>
    /// <exception cref="DaemonException"><c>/dev/null</c> cannot be opened.</exception>
    public void Ready()
    {
        if (Interlocked.Exchange(ref _ready, null) is not { } ready)
        {
            return;
        }

        using (ready)
        {
            // Before the first process ends, so that nothing is lost and nothing is kept.
            if (FileStatus.TryGet(StandardError, out var complaints) && complaints.IsFifo)
            {
                NullDevice.ReplaceEverywhere(complaints);
            }

            // Fails only if those who waited are gone; the daemon is up nevertheless.
            DescriptorCalls.Write((int)ready.DangerousGetHandle(), [1]);
        }
    }

    /// <summary>Removes the PID file. A daemon that was not ready yet reports its failure to the first process by ending.</summary>
    public void Dispose()
    {
        PidFile?.Dispose();
        _hangUp.Dispose();
    }

    internal static DetachedProcess Begin(DaemonOptions options, int readyNumber)
    {
        DescriptorCalls.SetCloseOnExec(readyNumber, on: true);
        var ready = new SafeFileHandle(readyNumber, ownsHandle: true);

        // SIGHUP ends a process that does not handle it, and to a daemon it means something else. DaemonSignals.OnReload gives it a meaning.
        var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        _ = Libc.umask((uint)options.Umask);
        if (Libc.chdir(options.WorkingDirectory) != 0)
        {
            throw DaemonException.Last($"cannot enter {options.WorkingDirectory}");
        }

        return new DetachedProcess(ready, hangUp, options.PidFile is { } path ? PidFile.Acquire(path) : null);
    }
}
