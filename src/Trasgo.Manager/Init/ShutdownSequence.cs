using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// What comes after the main loop, as systemd-shutdown does it: the processes that no unit answers for are ended, a machine's file systems
/// are let go of, and then the kernel is asked, or the process ends and its container with it. Beside another PID 1 only the leftovers of our
/// own units are ended.
/// </summary>
/// <remarks>
/// Nothing here may throw or wait without limit: there is nobody left to notice. In a container neither mounts nor swaps are ours, and
/// whoever made them takes them away.
/// </remarks>
internal sealed class ShutdownSequence(IEngineLog log)
{
    private const int Rounds = 32;

    public ManagerRole Role { get; init; } = ManagerRole.Init;

    /// <summary>Not the machine's PID 1 but a namespace's, so that ending it ends no more than that.</summary>
    public bool IsContained { get; init; } = Container.IsContainer || PidNamespace.IsContained;

    /// <summary>Processes of units that outlived them; asked for only where we are not PID 1.</summary>
    public Func<IEnumerable<int>> Leftovers { get; init; } = static () => [];

    public ulong TimeoutUsec { get; init; } = ProcessSweep.DefaultTimeoutUsec;

    /// <summary>For tests: what stands for the kernel.</summary>
    public Func<ManagerObjective, string?, Errno> AskKernel { get; init; } = KernelReboot.Ask;

    /// <summary>Does not return where the kernel ends us. The value is the exit status to end with.</summary>
    public int Run(ManagerObjective objective, int exitStatus)
    {
        Sweep(Role == ManagerRole.Init ? ProcessSweep.Everybody : Leftovers);
        if (Role != ManagerRole.Init)
        {
            return exitStatus;
        }

        if (!IsContained)
        {
            Reboot.SyncFileSystems();
            LetGoOfFileSystems();
            Reboot.SyncFileSystems();

            // A machine has nothing to exit to.
            objective = objective == ManagerObjective.Exit ? ManagerObjective.PowerOff : objective;
        }

        return objective is ManagerObjective.Exit or ManagerObjective.Run ? Exit(exitStatus) : End(objective, exitStatus);
    }

    private int Exit(int status)
    {
        log.Write(LogLevel.Info, unit: null, "Exiting container.");
        return status;
    }

    private int End(ManagerObjective objective, int exitStatus)
    {
        log.Write(LogLevel.Info, unit: null, objective switch
        {
            ManagerObjective.Reboot or ManagerObjective.Kexec => "Rebooting.",
            ManagerObjective.Halt => "Halting system.",
            _ => "Powering off.",
        });
        var error = AskKernel(objective, HostText.Line(EmergencyActions.RebootArgumentFile));
        if (IsContained)
        {
            // Most runtimes take CAP_SYS_BOOT away; the end of PID 1 ends the container all the same.
            return Exit(exitStatus);
        }

        log.Write(LogLevel.Critical, unit: null, $"Failed to invoke reboot(): {ErrnoNames.Message(error)}");
        Freeze();
        return exitStatus;
    }

    private void Sweep(Func<IEnumerable<int>> candidates)
    {
        using var sweep = new ProcessSweep(candidates, log);
        if (!sweep.Run(TimeoutUsec))
        {
            log.Write(LogLevel.Warning, unit: null, "Some processes cannot be ended.");
        }
    }

    /// <summary>One mount holds another, so it is gone over as long as anything goes.</summary>
    private void LetGoOfFileSystems()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var gone = UnmountOnce() + SwapOffOnce();
            if (gone == 0)
            {
                break;
            }
        }

        foreach (var path in MountTable.Read() is { Ok: true, Value: var mounts } ? UnmountPlan.Of(mounts) : [])
        {
            log.Write(LogLevel.Warning, unit: null, $"Failed to unmount {path}, making it read-only.");
            _ = Mounting.Mount(source: null, path, type: null, MountFlags.Remount | MountFlags.Bind | MountFlags.ReadOnly);
        }

        _ = Mounting.Mount(source: null, "/", type: null, MountFlags.Remount | MountFlags.ReadOnly);
    }

    private static int UnmountOnce()
    {
        var gone = 0;
        foreach (var path in MountTable.Read() is { Ok: true, Value: var mounts } ? UnmountPlan.Of(mounts) : [])
        {
            gone += Mounting.Unmount(path) == Errno.None ? 1 : 0;
        }

        return gone;
    }

    private static int SwapOffOnce()
    {
        var gone = 0;
        foreach (var (path, _) in MountTable.Swaps())
        {
            gone += Mounting.SwapOff(path) == Errno.None ? 1 : 0;
        }

        return gone;
    }

    /// <summary>The end of a machine's PID 1 is a kernel panic, so it waits for somebody to switch it off.</summary>
    private static void Freeze()
    {
        using var loop = new EventLoop();
        using var reaper = new ChildReaper(loop);
        for (; ; )
        {
            loop.RunOnce();
        }
    }
}
