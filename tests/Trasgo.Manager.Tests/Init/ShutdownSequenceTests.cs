using System.Diagnostics;
using Trasgo.Linux;

namespace Trasgo.Manager.Tests;

public sealed class ShutdownSequenceTests
{
    [Theory]
    [InlineData("echo ready; read x", 30_000_000, false)]
    [InlineData("trap '' TERM HUP; echo ready; read x", 300_000, true)]
    public void Leftovers_BesideAnotherInit_AreEndedAndTheStatusKept(string script, ulong timeout, bool killed)
    {
        using var process = Start(script);
        var log = new FakeLog();
        var sequence = new ShutdownSequence(log)
        {
            Role = ManagerRole.System,
            Leftovers = () => [process.Id],
            TimeoutUsec = timeout,
            AskKernel = static (_, _) => throw new InvalidOperationException("the machine is not ours"),
        };

        Assert.Equal(7, sequence.Run(ManagerObjective.PowerOff, 7));

        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
        Assert.Equal(killed, log.Lines.Contains("Info: Sending SIGKILL to remaining processes..."));
    }

    [Fact]
    public void NobodyLeft_InAContainer_ExitsWithTheStatus()
    {
        var log = new FakeLog();
        var sequence = new ShutdownSequence(log) { Role = ManagerRole.Init, IsContained = true };

        Assert.Equal(7, sequence.Run(ManagerObjective.Exit, 7));

        Assert.Equal(["Info: Exiting container."], log.Lines);
    }

    [Theory]
    [InlineData("Reboot")]
    [InlineData("PowerOff")]
    [InlineData("Halt")]
    public void Kernel_RefusingInAContainer_LeavesTheExit(string name)
    {
        var objective = Enum.Parse<ManagerObjective>(name);
        var asked = new List<ManagerObjective>();
        var sequence = new ShutdownSequence(new FakeLog())
        {
            Role = ManagerRole.Init,
            IsContained = true,
            AskKernel = (wanted, _) =>
            {
                asked.Add(wanted);
                return Errno.EPERM;
            },
        };

        Assert.Equal(0, sequence.Run(objective, 0));

        Assert.Equal([objective], asked);
    }

    [Fact]
    public void Sweep_OfForkingProcesses_EndsAll()
    {
        using var process = Start("(sleep 1000; sleep 1000) & sleep 1000 & echo ready; wait");
        var group = new List<int>();
        using var sweep = new ProcessSweep(() => Family(process.Id, group), new FakeLog());

        Assert.True(sweep.Run(10_000_000));

        process.WaitForExit();
        Assert.True(group.Count >= 3);
        Assert.All(group, static pid => Assert.True(!Processes.Exists(pid) || Processes.IsZombie(pid)));
    }

    [Fact]
    public void Everybody_AskedByAnotherThanInit_IsNobody()
    {
        Assert.NotEqual(1, ProcessControl.Pid);
        Assert.Empty(ProcessSweep.Everybody());
        Assert.False(ProcessSweep.IsMortal(1));
        Assert.False(ProcessSweep.IsMortal(ProcessControl.Pid));
    }

    [Fact]
    public void UnmountPlan_OfAMachine_GoesBackwardsAndSparesTheKernels()
    {
        MountEntry[] mounts = [.. new[] { "/", "/proc", "/sys/fs/cgroup", "/dev/shm", "/devices", "/home", "/home/user/disk", "/run" }.Select(Entry)];

        Assert.Equal(["/run", "/home/user/disk", "/home", "/devices"], UnmountPlan.Of(mounts));
    }

    private static MountEntry Entry(string path) => new(1, 0, "0:1", "/", path, "rw", "tmpfs", "tmpfs", "rw");

    /// <summary>The process and all that came from it, also those whose parent is gone.</summary>
    private static IEnumerable<int> Family(int pid, List<int> known)
    {
        if (!known.Contains(pid))
        {
            known.Add(pid);
        }

        foreach (var other in Processes.All())
        {
            if (Processes.ParentPid(other) is { } parent && known.Contains(parent) && !known.Contains(other))
            {
                known.Add(other);
            }
        }

        return known;
    }

    private static Process Start(string script)
    {
        // Another test may have left this thread with signals blocked, and a child inherits that.
        Signals.Set(default);
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("ready", process.StandardOutput.ReadLine());
        return process;
    }
}
