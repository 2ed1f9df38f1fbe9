using Trasgo.Linux;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private readonly ServicePidFile _pidFile;

    public bool KnowsMain => _mainKnown;

    /// <summary>
    /// Whether a PID that somebody named may be the main process: true when it is one of the service's own, false when it is
    /// not, which is for the caller to allow, null when it never is.
    /// </summary>
    public bool? JudgeMainPid(int pid, LogLevel level)
    {
        if (pid == Environment.ProcessId || pid == 1)
        {
            Log(level, $"New main PID {pid} is the manager, refusing.");
            return null;
        }

        if (pid == ControlPid)
        {
            Log(level, $"New main PID {pid} is the control process, refusing.");
            return null;
        }

        if (Processes.IsZombie(pid) || Processes.StartTime(pid) is null)
        {
            Log(level, $"New main PID {pid} does not exist or is a zombie.");
            return null;
        }

        return ReferenceEquals(Context.Units.OwnerOf(pid), this);
    }

    public void AdoptMainFromFile(int pid)
    {
        Log(LogLevel.Debug, $"{(_mainKnown ? "Main PID changing" : "Main PID loaded")}: {pid}");
        AdoptMain(pid);
    }

    /// <summary>The PID file that was waited for is there.</summary>
    public void OnPidFileWritten()
    {
        if (_state is ServiceState.Start or ServiceState.StartPost)
        {
            EnterRunning(ServiceResult.Success);
        }
    }
}
