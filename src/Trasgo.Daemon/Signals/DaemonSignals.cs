using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

/// <summary>
/// The signals that people and service managers send to daemons: SIGHUP to read the configuration again, SIGUSR1 to open logs anew, SIGTERM, SIGINT and SIGQUIT to end.
/// Handlers are ordinary code: they run on one ordinary thread, one after another, and may lock, allocate and take their time.
/// </summary>
/// <remarks>
/// <para>A signal that arrives again while its handler has not begun yet is handled once, as the kernel does it; see signal(7). A handler that throws ends the process as an exception
/// on any thread does.</para>
/// <para>A signal that was ignored when the program was started stays ignored, as .NET leaves it: SIGINT and SIGQUIT after "&amp;" in a shell without job control,
/// SIGHUP after nohup(1).</para>
/// <para>What is not handled keeps its effect: SIGHUP and SIGUSR1 end a program that has no handler for them.</para>
/// </remarks>
public sealed class DaemonSignals : IDisposable
{
    /// <summary>SIGUSR1 for <see cref="On"/>: its number on x86-64 and arm64.</summary>
    public const PosixSignal Sigusr1 = (PosixSignal)10;

    /// <summary>SIGUSR2 for <see cref="On"/>: its number on x86-64 and arm64.</summary>
    public const PosixSignal Sigusr2 = (PosixSignal)12;

    private readonly Lock _lock = new();
    private readonly SignalThread _thread = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ManualResetEventSlim _stopped = new();
    private Action<PosixSignal>? _onStop;

    /// <summary>From now on SIGTERM, SIGINT and SIGQUIT do not end the process any more: they cancel <see cref="Stopping"/>, and the program ends itself.</summary>
    public DaemonSignals()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            On(signal, () => Stop(signal));
        }
    }

    /// <summary>Cancelled by the first SIGTERM, SIGINT or SIGQUIT, after the handler of <see cref="OnStop"/>. What hangs on the token runs on the thread of the handlers.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>The signal that cancelled <see cref="Stopping"/>; null before. SIGQUIT conventionally lets a server finish what it is doing; SIGTERM may be more urgent.</summary>
    public PosixSignal? StopSignal { get; private set; }

    /// <summary>Calls a handler for SIGHUP, which asks daemons to read their configuration again.</summary>
    /// <param name="handler">What to do. Handlers of the same signal are called in the order they were given.</param>
    /// <returns>This object.</returns>
    public DaemonSignals OnReload(Action handler) => On(PosixSignal.SIGHUP, handler);

    /// <summary>Calls a handler for SIGUSR1, with which logrotate(8) and others ask for logs to be opened anew.</summary>
    /// <param name="handler">What to do.</param>
    /// <returns>This object.</returns>
    public DaemonSignals OnReopenLogs(Action handler) => On(Sigusr1, handler);

    /// <summary>Calls a handler for the first SIGTERM, SIGINT or SIGQUIT, before <see cref="Stopping"/> is cancelled.</summary>
    /// <param name="handler">What to do; it is told the signal.</param>
    /// <returns>This object.</returns>
    public DaemonSignals OnStop(Action<PosixSignal> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_lock)
        {
            _onStop += handler;
        }

        return this;
    }

    /// <summary>Calls a handler for a signal.</summary>
    /// <param name="signal">One of <see cref="PosixSignal"/>, or a signal's number, such as <see cref="Sigusr2"/>; not SIGKILL or SIGSTOP, which nobody handles.</param>
    /// <param name="handler">What to do.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such signal, or no way to handle it.</exception>
    public DaemonSignals On(PosixSignal signal, Action handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        int slot = _thread.Add(handler);
        PosixSignalRegistration registration;
        try
        {
            registration = PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                _thread.Post(slot);
            });
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException or PlatformNotSupportedException)
        {
            throw new ArgumentOutOfRangeException($"Signal {(int)signal} cannot be handled.", e);
        }

        lock (_lock)
        {
            _registrations.Add(registration);
        }

        return this;
    }

    /// <summary>Waits for SIGTERM, SIGINT or SIGQUIT: what a main thread does whose daemon works on others.</summary>
    public void WaitForStop() => _stopped.Wait();

    /// <summary>Waits for SIGTERM, SIGINT or SIGQUIT, for a while.</summary>
    /// <param name="timeout">The longest wait, up to 24 days; <see cref="Timeout.InfiniteTimeSpan"/> for any.</param>
    /// <returns>False if none has come.</returns>
    public bool WaitForStop(TimeSpan timeout) => _stopped.Wait(timeout);

    /// <summary>Gives the signals their former effects back. A handler that is running is not waited for.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _registrations.ForEach(registration => registration.Dispose());
            _registrations.Clear();
        }

        _thread.Dispose();
    }

    private void Stop(PosixSignal signal)
    {
        Action<PosixSignal>? handlers;
        lock (_lock)
        {
            if (StopSignal is not null)
            {
                return;
            }

            StopSignal = signal;
            handlers = _onStop;
        }

        handlers?.Invoke(signal);
        _stopping.Cancel();
        _stopped.Set();
    }
}
