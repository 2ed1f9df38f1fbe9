using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>How far a process has come.</summary>
internal enum ProcessPhase
{
    /// <summary>Asked for; the kernel has not answered yet. Signals are kept until it has.</summary>
    Starting,

    Running,

    /// <summary>There never was a process: the fork itself failed.</summary>
    NeverRan,

    Exited,
}

/// <summary>
/// A process that a unit started, or was told about (PIDFile=, MAINPID=). It is addressed by a handle of the kernel, so
/// that a signal never reaches a stranger that was given the same number (pidfd_open(2)).
/// </summary>
internal sealed partial class UnitProcess
{
    private int _pendingSignal;
    private bool _pendingContinue;
    private Action<UnitProcess>? _executed;

    public int Pid { get; private set; }

    public ProcessPhase Phase { get; private set; }

    public IProcessHandle? Handle { get; private set; }

    /// <summary>Not our child: its exit status goes to somebody else, and only its end can be seen.</summary>
    public bool IsAlien { get; init; }

    /// <summary>The step that failed before the program was reached, as a systemd exit status (200-243); 0 when none did.</summary>
    public int FailedStatus { get; private set; }

    public Errno Error { get; private set; }

    public string? ErrorText { get; private set; }

    /// <summary>Still a process to wait for.</summary>
    public bool IsAlive => Phase is ProcessPhase.Starting or ProcessPhase.Running;

    /// <summary>It runs, but has not become the program yet: its PAM session is being opened, which may take long.</summary>
    public bool IsPreparing { get; private set; }

    public static UnitProcess Known(int pid, IProcessHandle? handle, bool isAlien) =>
        new() { Pid = pid, Handle = handle, Phase = ProcessPhase.Running, IsAlien = isAlien };

    /// <summary>The fork worked; when a later step failed, <paramref name="failedStatus"/> says how the child will exit.</summary>
    public void OnStarted(int pid, IProcessHandle? handle, int failedStatus, Errno error, string? errorText, bool isPreparing = false)
    {
        IsPreparing = isPreparing;
        Pid = pid;
        Handle = handle;
        FailedStatus = failedStatus;
        Error = error;
        ErrorText = errorText;
        Phase = ProcessPhase.Running;
        if (_pendingSignal != 0)
        {
            Signal(_pendingSignal, _pendingContinue);
        }
    }

    /// <summary>Told when a process that is preparing has become the program, or failed to.</summary>
    public void WhenExecuted(Action<UnitProcess> executed) => _executed = executed;

    /// <summary>The end of preparing; when a step failed, <paramref name="failedStatus"/> says how the process will exit, or has.</summary>
    public void OnExecuted(int failedStatus, Errno error, string? errorText)
    {
        IsPreparing = false;
        FailedStatus = failedStatus;
        Error = error;
        ErrorText = errorText;
        _executed?.Invoke(this);
        _executed = null;
    }

    public void OnNeverRan(Errno error, string? errorText)
    {
        Error = error;
        ErrorText = errorText;
        Phase = ProcessPhase.NeverRan;
    }

    public void OnExited()
    {
        Phase = ProcessPhase.Exited;
        Handle?.Dispose();
        Handle = null;
    }

    /// <summary>Sends a signal, and SIGCONT after it when asked, so that a stopped process gets to see the signal.</summary>
    public bool Signal(int signo, bool thenContinue = false) => Signal(signo, thenContinue, out _);

    public bool Signal(int signo, bool thenContinue, out Errno error)
    {
        error = Errno.None;
        switch (Phase)
        {
            case ProcessPhase.Starting:
                _pendingSignal = signo;
                _pendingContinue = thenContinue;
                return true;
            case ProcessPhase.Running when Handle is { } handle:
                if (!handle.Signal(signo, out error))
                {
                    return false;
                }

                if (thenContinue && signo != Signo.SIGCONT && signo != Signo.SIGKILL)
                {
                    handle.Signal(Signo.SIGCONT, out _);
                }

                return true;
            default:
                error = Errno.ESRCH;
                return false;
        }
    }
}
