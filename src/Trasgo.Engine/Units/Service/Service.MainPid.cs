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

        if (!Context.ProcessTable.IsRunning(pid))
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

    /// <summary>GuessMainPID=: if exactly one child of ours is left in the service, that is it.</summary>
    private void GuessMain()
    {
        if (_mainKnown || !Settings.GuessMainPid)
        {
            return;
        }

        var candidate = 0;
        foreach (var pid in Context.Processes.ProcessesOf(this))
        {
            if (Context.ProcessTable.ParentPid(pid) != Environment.ProcessId || !Context.ProcessTable.IsRunning(pid))
            {
                continue;
            }

            if (candidate != 0)
            {
                return;
            }

            candidate = pid;
        }

        if (candidate != 0)
        {
            Log(LogLevel.Debug, $"Main PID guessed: {candidate}");
            AdoptMain(candidate);
        }
    }

    /// <summary>A process that was not started here becomes the main process: from a PID file, MAINPID=, or by guessing.</summary>
    private void AdoptMain(int pid)
    {
        DropMain();
        var alien = Context.ProcessTable.ParentPid(pid) != Environment.ProcessId;
        var handle = Context.ProcessTable.Open(pid, out _);
        _main = UnitProcess.Known(pid, handle, alien);
        _mainKnown = true;
        Context.Units.Watch(pid, this);
        RecordStart(MainStatus, pid);
        if (alien && handle is { PidFd: { } fd })
        {
            Log(LogLevel.Warning, $"Supervising process {pid} which is not our child. We'll most likely not notice when it exits.");
            _alienWatch = Context.Loop.OnReadable(fd, OnAlienGone, EventPriority.Children);
        }

        Context.Observer.UnitChanged(this);
    }

    private void OnAlienGone()
    {
        _alienWatch?.Dispose();
        _alienWatch = null;
        if (_main is { IsAlien: true, IsAlive: true } main)
        {
            if (Context.ProcessTable.ParentPid(main.Pid) == Environment.ProcessId)
            {
                // Its parent went before it, so it was given to us in the end, and the reaper is about to tell how it ended.
                return;
            }

            Context.Units.Unwatch(main.Pid, this);
            main.OnExited();
            AfterMainExit(ServiceResult.Success);
        }
    }
}
