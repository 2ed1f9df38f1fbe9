using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Restart= and what decides with it, against the table of systemd.service(5).</summary>
public class ServiceRestartTests
{
    /// <summary>The columns of the table: how a run can end.</summary>
    public enum End
    {
        Clean,
        UncleanExit,
        UncleanSignal,
        CoreDump,
        Timeout,
        Watchdog,
    }

    public static TheoryData<string, End, bool> Table()
    {
        var data = new TheoryData<string, End, bool>();
        var rows = new (string Policy, string Ends)[]
        {
            ("no", ""),
            ("always", "Clean UncleanExit UncleanSignal CoreDump Timeout Watchdog"),
            ("on-success", "Clean"),
            ("on-failure", "UncleanExit UncleanSignal CoreDump Timeout Watchdog"),
            ("on-abnormal", "UncleanSignal CoreDump Timeout Watchdog"),
            ("on-abort", "UncleanSignal CoreDump"),
            ("on-watchdog", "Watchdog"),
        };
        foreach (var (policy, ends) in rows)
        {
            foreach (var end in Enum.GetValues<End>())
            {
                data.Add(policy, end, ends.Split(' ').Contains(end.ToString()));
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Restart_AfterEachKindOfEnd_FollowsTheTable(string policy, End end, bool restarts)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=notify\nExecStart=/daemon\nRestart={policy}\nRestartSec=1\nWatchdogSec=5\nRuntimeMaxSec=60\nNotifyAccess=main");
        world.Start("a.service");
        var main = world.Main(service);
        world.Notify(main, "READY=1");

        switch (end)
        {
            case End.Clean:
                world.Exit(main);
                break;
            case End.UncleanExit:
                world.Exit(main, 1);
                break;
            case End.UncleanSignal:
                world.Die(main, 9);
                break;
            case End.CoreDump:
                world.End(main, 3, 11);
                break;
            case End.Timeout:
                world.Notify(main, "WATCHDOG_USEC=0");
                world.Advance(60.5);
                break;
            default:
                world.Advance(5.5);
                break;
        }

        Assert.Equal(restarts ? "auto-restart" : end == End.Clean ? "dead" : "failed", service.SubState);
        world.Advance(1);
        Assert.Equal(restarts ? 2 : 1, world.Commands.Count());
        Assert.Equal(restarts ? 1u : 0u, service.RestartCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(13)]
    [InlineData(15)]
    public void Daemon_EndedByASignalThatEndsDaemons_IsClean(int signo)
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nRestart=on-failure");
        world.Start("a.service");

        world.Die(world.Main(service), signo);

        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal(ServiceResult.Success, service.Result);
    }

    [Theory]
    [InlineData("Restart=always\nRestartPreventExitStatus=3", "/exit/3", false)]
    [InlineData("Restart=always\nRestartPreventExitStatus=3", "/exit/4", true)]
    [InlineData("Restart=always\nRestartPreventExitStatus=SIGKILL", "/signal/9", false)]
    [InlineData("Restart=always\nRestartPreventExitStatus=SIGABRT", "/dump/6", false)]
    [InlineData("Restart=no\nRestartForceExitStatus=3", "/exit/3", true)]
    [InlineData("Restart=no\nRestartForceExitStatus=SIGKILL", "/signal/9", true)]
    [InlineData("Restart=no\nRestartForceExitStatus=3\nRestartPreventExitStatus=3", "/exit/3", false)]
    [InlineData("Restart=on-failure\nSuccessExitStatus=3", "/exit/3", false)]
    [InlineData("Restart=on-success\nSuccessExitStatus=3", "/exit/3", true)]
    [InlineData("Restart=on-failure\nSuccessExitStatus=SIGKILL", "/signal/9", false)]
    [InlineData("Restart=on-failure\nSuccessExitStatus=TEMPFAIL", "/exit/75", false)]
    public void Restart_WithExitStatusSets_IsDecidedByThem(string lines, string command, bool restarts)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart={command}\n{lines}");

        world.Start("a.service");

        Assert.Equal(restarts, service.State == ServiceState.AutoRestart);
    }

    [Fact]
    public void SuccessExitStatus_NeverMakesACoreDumpClean()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/dump/6\nSuccessExitStatus=SIGABRT");

        world.Start("a.service");

        Assert.Equal(ServiceResult.CoreDump, service.Result);
    }

    [Fact]
    public void CrashLoop_IsStoppedByTheStartLimitAfterFiveStarts()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/1\nRestart=always");

        world.Start("a.service");
        world.Advance(9);

        Assert.Equal(5, world.Commands.Count());
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(service.StartLimitHit);
        Assert.True(world.Logged("Start request repeated too quickly."));
        Assert.True(world.Logged("Scheduled restart job, restart counter is at 5."));
        Assert.Equal("a.service/start failed", world.Jobs.Ended[^1]);

        // What failed first stays the result; only a service that had not failed shows the limit.
        Assert.Equal(ServiceResult.ExitCode, service.Result);
    }

    [Fact]
    public void CleanExitInALoop_HitsTheStartLimit_AndSaysSo()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/0\nRestart=always");

        world.Start("a.service");
        world.Advance(9);

        Assert.Equal(5, world.Commands.Count());
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(ServiceResult.StartLimitHit, service.Result);
        Assert.True(world.Logged("Failed with result 'start-limit-hit'."));
    }

    [Fact]
    public void StartLimit_AfterResetFailed_CountsAnew()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/1", "StartLimitBurst=2");
        world.Start("a.service");
        world.Start("a.service");
        world.Start("a.service");
        Assert.True(service.StartLimitHit);

        service.ResetFailed();
        Assert.Equal("dead", service.SubState);
        Assert.Equal(ServiceResult.Success, service.Result);
        world.Start("a.service");

        Assert.Equal(3, world.Commands.Count());
        Assert.Equal(ServiceResult.ExitCode, service.Result);
    }

    [Fact]
    public void StartLimit_AfterItsInterval_IsOver()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/1", "StartLimitBurst=1\nStartLimitIntervalSec=10");
        world.Start("a.service");
        world.Start("a.service");
        Assert.True(service.StartLimitHit);

        world.Advance(11);
        world.Start("a.service");

        Assert.False(service.StartLimitHit);
        Assert.Equal(2, world.Commands.Count());
    }

    [Fact]
    public void StartLimit_OfZero_IsNone()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/exit/1\nRestart=always", "StartLimitIntervalSec=0");

        world.Start("a.service");
        world.Advance(5);

        Assert.True(world.Commands.Count() > 40);
    }

    [Fact]
    public void StartLimitAction_WhenTheLimitIsHit_IsTaken()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/exit/1\nRestart=always", "StartLimitBurst=2\nStartLimitAction=reboot");

        world.Start("a.service");
        world.Advance(2);

        Assert.Equal(["Reboot unit a.service failed"], world.Emergencies);
    }

    [Fact]
    public void AutoRestart_StoppedByHand_StaysDown()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/1\nRestart=always\nRestartSec=10");
        world.Start("a.service");
        Assert.Equal(ServiceState.AutoRestart, service.State);

        world.Stop("a.service");
        world.Advance(20);

        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Single(world.Commands);
    }

    [Fact]
    public void AutoRestart_StartedByHand_WaitsForTheHoldOff()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/1\nRestart=always\nRestartSec=10");
        world.Start("a.service");

        world.Start("a.service");
        Assert.Equal(ServiceState.AutoRestart, service.State);
        Assert.Equal(JobType.Start, service.Job!.Type);
        world.Advance(10);

        Assert.Equal(2, world.Commands.Count());
    }

    [Fact]
    public void AutoRestart_RestartedByHand_DoesNotWait()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/exit/1\nRestart=always\nRestartSec=10");
        world.Start("a.service");

        world.Restart("a.service");

        Assert.Equal(2, world.Commands.Count());
    }

    [Fact]
    public void Stop_OfAServiceThatDiesOfIt_IsNotAnsweredByARestart()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nRestart=always\nKillSignal=SIGKILL");
        world.Start("a.service");

        world.Stop("a.service");
        world.Advance(10);

        Assert.Equal("failed", service.SubState);
        Assert.Single(world.Commands);
    }

    [Fact]
    public void RestartCount_AfterAStartByHand_IsZero()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nRestart=always");
        world.Start("a.service");
        world.Exit(world.Main(service), 1);
        world.Advance(1);
        Assert.Equal(1u, service.RestartCount);

        world.Stop("a.service");
        Assert.Equal(1u, service.RestartCount);
        world.Start("a.service");

        Assert.Equal(0u, service.RestartCount);
    }

    [Fact]
    public void ExecCondition_ThatSkips_IsNotRestartedByAlways()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecCondition=/exit/1\nExecStart=/daemon\nRestart=always");

        world.Start("a.service");
        world.Advance(10);

        Assert.Equal("dead", service.SubState);
        Assert.Equal(ServiceResult.ExecCondition, service.Result);
    }

    [Fact]
    public void InvocationId_AfterARestart_IsAnother()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nRestart=always");
        world.Start("a.service");
        var first = service.InvocationId;
        Assert.Equal(32, first.Length);

        world.Exit(world.Main(service), 1);
        world.Advance(1);

        Assert.NotEqual(first, service.InvocationId);
        Assert.Same(service, world.Context.Units.FindInvocation(service.InvocationId));
        Assert.Null(world.Context.Units.FindInvocation(first));
    }
}
