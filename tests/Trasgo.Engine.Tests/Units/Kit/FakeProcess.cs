using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>
/// A process that exists on paper. It dies of the signals that a process dies of, unless it ignores them, and takes note of every
/// one that reaches it.
/// </summary>
internal sealed class FakeProcess(FakeProcesses kernel, int pid, Unit unit, string command, int parent) : IProcessHandle
{
    public int Pid => pid;

    /// <summary>Where it lives; another manager sees it in another place.</summary>
    public FakeProcesses Kernel { get; set; } = kernel;

    public Unit Unit { get; set; } = unit;

    /// <summary>The command line, arguments and all.</summary>
    public string Command => command;

    public int Parent { get; set; } = parent;

    public ExecRequest? Request { get; init; }

    public bool IsAlive { get; set; } = true;

    /// <summary>Its parent has taken note of its end, so the number is free.</summary>
    public bool IsReaped { get; set; }

    public bool IgnoresEverything { get; set; }

    /// <summary>Signals that do not end it. SIGKILL always does, but for <see cref="IgnoresEverything"/>.</summary>
    public HashSet<int> Ignores { get; } = [];

    /// <summary>"TERM CONT", in the order they came.</summary>
    public List<string> Signals { get; } = [];

    public Descriptor? PidFd => null;

    public bool Signal(int signo, out Errno error)
    {
        // A zombie takes signals as well, to no effect.
        error = IsReaped ? Errno.ESRCH : Errno.None;
        if (IsReaped)
        {
            return false;
        }

        if (signo != 0)
        {
            Signals.Add(SignalNames.Short(signo));
        }

        var isFatal = signo != 0 && signo != Signo.SIGCONT && signo != Signo.SIGCHLD && signo != Signo.SIGWINCH && signo != Signo.SIGURG;
        if (isFatal && !IgnoresEverything && (signo == Signo.SIGKILL || !Ignores.Contains(signo)))
        {
            var dumps = signo == Signo.SIGABRT || signo == Signo.SIGQUIT || signo == Signo.SIGSEGV;
            Kernel.End(this, dumps ? 3 : 2, signo);
        }

        return true;
    }

    public void Dispose()
    {
    }

    public override string ToString() => $"{pid} {command}";
}
