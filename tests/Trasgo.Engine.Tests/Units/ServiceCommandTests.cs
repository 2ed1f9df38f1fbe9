using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>The Exec*= lists: their order, their prefixes, what a failure in each of them does, and what their commands are told.</summary>
public class ServiceCommandTests
{
    private const string AllLists =
        "ExecCondition=/exit/0 condition\nExecStartPre=/exit/0 pre1\nExecStartPre=/exit/0 pre2\nExecStart=/daemon\n" +
        "ExecStartPost=/exit/0 post1\nExecStartPost=/exit/0 post2\nExecReload=/exit/0 reload1\nExecReload=/exit/0 reload2\n" +
        "ExecStop=/exit/0 stop1\nExecStop=/exit/0 stop2\nExecStopPost=/exit/0 stoppost1\nExecStopPost=/exit/0 stoppost2";

    [Fact]
    public void Service_WithAllLists_RunsThemInOrder()
    {
        using var world = new UnitWorld();
        var service = world.Service(AllLists);

        world.Start("a.service");
        Assert.Equal(ServiceState.Running, service.State);
        Assert.Null(world.Reload("a.service"));
        world.Stop("a.service");

        Assert.Equal(
            ["condition", "pre1", "pre2", "/daemon", "post1", "post2", "reload1", "reload2", "stop1", "stop2", "stoppost1", "stoppost2"],
            world.Commands.Select(static command => command.Split(' ')[^1]));
        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal(["a.service/start done", "a.service/reload done", "a.service/stop done"], world.Jobs.Ended);
    }

    [Theory]
    [InlineData("ExecStartPre=/exit/1", "/exit/1")]
    [InlineData("ExecStartPre=/exit/1\nExecStartPre=/exit/0 second", "/exit/1")]
    [InlineData("ExecStartPost=/exit/1\nExecStartPost=/exit/0 second", "/daemon,/exit/1")]
    [InlineData("ExecCondition=/exit/255", "/exit/255")]
    [InlineData("ExecCondition=/signal/9", "/signal/9")]
    public void Start_WhenACommandFails_FailsAndRunsOnlyStopPost(string lines, string ran)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\n{lines}\nExecStop=/exit/0 stop\nExecStopPost=/exit/0 stoppost");

        world.Start("a.service");

        Assert.Equal([.. ran.Split(','), "/exit/0 stoppost"], world.Commands);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
        Assert.Empty(world.Processes.ProcessesOf(service));
    }

    [Theory]
    [InlineData("ExecCondition=-/exit/255")]
    [InlineData("ExecStartPre=-/exit/1")]
    [InlineData("ExecStartPre=-/signal/9")]
    [InlineData("ExecStartPre=-/step/203")]
    [InlineData("ExecStartPost=-/exit/1")]
    public void Start_WhenAnIgnoredCommandFails_GoesOn(string lines)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\n{lines}");

        world.Start("a.service");

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(ServiceResult.Success, service.Result);
    }

    [Fact]
    public void MainProcess_ThatIsIgnored_MayFail()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=-/daemon\nRestart=on-failure");
        world.Start("a.service");

        world.Exit(world.Main(service), 3);

        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal(3, service.MainStatus.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(254)]
    public void ExecCondition_From1To254_SkipsTheService(int status)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecCondition=/exit/{status}\nExecStart=/daemon\nExecStopPost=/exit/0 stoppost");

        world.Start("a.service");

        Assert.Equal([$"/exit/{status}", "/exit/0 stoppost"], world.Commands);
        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal(ServiceResult.ExecCondition, service.Result);
        Assert.False(service.ConditionResult);
        Assert.Equal(["a.service/start done"], world.Jobs.Ended);
        Assert.True(world.Logged("a.service: Skipped due to 'exec-condition'."));
    }

    [Fact]
    public void ExecStop_ThatFails_IsTheResult()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecStop=/exit/4\nExecStop=/exit/0 second");
        world.Start("a.service");

        world.Stop("a.service");

        Assert.Equal(["/daemon", "/exit/4"], world.Commands);
        Assert.Equal(ServiceResult.ExitCode, service.Result);
        Assert.Equal(["a.service/start done", "a.service/stop done"], world.Jobs.Ended);
    }

    [Theory]
    [InlineData(0, "/daemon,/exit/0 stop")]
    [InlineData(1, "/daemon")]
    public void ExecStop_WhenTheServiceEndsByItself_IsRunIfItEndedWell(int status, string ran)
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecStop=/exit/0 stop");
        world.Start("a.service");

        world.Exit(world.Main(service), status);

        Assert.Equal(ran.Split(','), world.Commands);
        Assert.True(service.IsInactiveOrFailed);
    }

    [Theory]
    [InlineData("ExecStartPre=/nofork", "start-pre", "/nofork")]
    [InlineData("ExecCondition=/nofork", "exec-condition", "/nofork")]
    [InlineData("ExecStartPost=/nofork", "start-post", "/daemon,/nofork,/exit/0 stop,/exit/0 stoppost")]
    public void Start_WhenAFirstCommandCannotFork_FailsForWantOfResources(string line, string task, string ran)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\n{line}\nExecStop=/exit/0 stop\nExecStopPost=/exit/0 stoppost");

        world.Start("a.service");

        Assert.Equal(ran.Split(','), world.Commands);
        Assert.Equal(ServiceResult.Resources, service.Result);
        Assert.True(world.Logged($"Failed to run '{task}' task: Resource temporarily unavailable"));
    }

    [Theory]
    [InlineData("ExecStart=/refused")]
    [InlineData("Type=forking\nExecStart=/refused")]
    [InlineData("ExecStartPre=/refused\nExecStart=/daemon")]
    [InlineData("ExecCondition=/refused\nExecStart=/daemon")]
    public void Start_ThatIsRefusedAtOnce_FailsWithoutHavingBeenActivating(string lines)
    {
        using var world = new UnitWorld();
        var service = world.Service($"{lines}\nExecStopPost=-/refused post");

        world.Start("a.service");

        Assert.Equal((ServiceState.Failed, ServiceResult.Resources), (service.State, service.Result));
        Assert.False(service.InactiveExitTimestamp.IsSet);
        Assert.False(service.InactiveEnterTimestamp.IsSet);
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
        Assert.Equal((0, 0), (service.MainPid, service.ControlPid));
    }

    [Fact]
    public void Start_WhenALaterCommandCannotFork_KillsWhatIsThere()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecStartPost=/exit/0\nExecStartPost=/nofork\nExecStop=/exit/0 stop");

        world.Start("a.service");

        Assert.Equal(["/daemon", "/exit/0", "/nofork"], world.Commands);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(world.Logged("Failed to run next control task"));
    }

    [Theory]
    [InlineData("/exit/1", ServiceResultName.ExitCode)]
    [InlineData("/nofork", ServiceResultName.Resources)]
    public void Reload_ThatFails_LeavesTheServiceUp(string command, string result)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\nExecReload={command}\nExecReload=/exit/0 second");
        world.Start("a.service");

        world.Reload("a.service");

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(ServiceResult.Success, service.Result);
        Assert.Equal(result, service.ReloadResult.Name());
        Assert.Equal(["/daemon", command], world.Commands);
        Assert.Equal("a.service/reload failed", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void Reload_WhileTheServiceDies_StopsIt()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecReload=/slow");
        world.Start("a.service");
        world.Reload("a.service");
        Assert.Equal(ServiceState.Reload, service.State);

        world.Exit(world.Main(service), 1);
        Assert.Equal(ServiceState.Reload, service.State);
        world.Exit(world.Control(service));

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal("a.service/reload failed", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void Reload_OfAServiceWithoutExecReload_IsRefused()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon", "PropagatesReloadTo=b.service");
        world.Start("a.service");

        Assert.False(service.CanReload);
        Assert.Equal("Job type reload is not applicable for unit a.service.", world.Reload("a.service")!.Message);
    }

    [Fact]
    public void Commands_OfEachList_AreToldWhatTheManPageSays()
    {
        using var world = new UnitWorld();
        var service = world.Service(AllLists + "\nNotifyAccess=all");
        world.Start("a.service");
        var pid = service.MainPid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        world.Reload("a.service");
        world.Stop("a.service");

        var told = world.Executor.Requests.ToDictionary(
            static request => request.Command.Argv[^1],
            static request => request.Environment.ToDictionary(static pair => pair.Key, static pair => pair.Value));
        Assert.All(told.Values, static environment => Assert.Equal("/run/systemd/notify", environment["NOTIFY_SOCKET"]));
        Assert.DoesNotContain("MAINPID", told["pre1"].Keys);
        Assert.Equal(pid, told["post1"]["MAINPID"]);
        Assert.Equal(pid, told["reload1"]["MAINPID"]);
        Assert.Equal(pid, told["stop2"]["MAINPID"]);
        Assert.DoesNotContain("SERVICE_RESULT", told["reload1"].Keys);
        Assert.Equal("success", told["stop1"]["SERVICE_RESULT"]);
        Assert.DoesNotContain("EXIT_CODE", told["stop1"].Keys);
        Assert.Equal("killed", told["stoppost1"]["EXIT_CODE"]);
        Assert.Equal("TERM", told["stoppost1"]["EXIT_STATUS"]);
    }

    [Theory]
    [InlineData("/exit/7", "exit-code", "exited", "7")]
    [InlineData("/signal/9", "signal", "killed", "KILL")]
    [InlineData("/dump/6", "core-dump", "dumped", "ABRT")]
    public void ExecStopPost_AfterAFailure_IsToldOfIt(string command, string result, string code, string status)
    {
        using var world = new UnitWorld();
        world.Service($"ExecStart={command}\nExecStopPost=/exit/0");

        world.Start("a.service");

        var environment = world.Executor.Requests[^1].Environment.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        Assert.Equal(result, environment["SERVICE_RESULT"]);
        Assert.Equal(code, environment["EXIT_CODE"]);
        Assert.Equal(status, environment["EXIT_STATUS"]);
    }

    [Theory]
    [InlineData("control-group", true)]
    [InlineData("mixed", true)]
    [InlineData("process", false)]
    public void Leftovers_OfAServiceThatMustNotBeKilled_ForbidItsStart(string mode, bool refused)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\nSendSIGKILL=no\nKillMode={mode}");
        world.Processes.Add(service, "/stray", 1).IgnoresEverything = true;

        world.Start("a.service");

        Assert.Equal(refused, service.Result == ServiceResult.Resources);
        Assert.Equal(refused ? 0 : 1, world.Commands.Count());
        Assert.True(world.Logged("(stray) in control group while starting unit. Ignoring."));
    }

    [Fact]
    public void Watchdog_IsToldToTheMainProcessOnly()
    {
        using var world = new UnitWorld();
        world.Service("Type=notify\nWatchdogSec=3\nExecStartPre=/exit/0\nExecStart=/daemon");

        world.Start("a.service");

        Assert.Equal(0ul, world.Executor.Requests[0].WatchdogUsec);
        Assert.Equal(3_000_000ul, world.Executor.Requests[1].WatchdogUsec);
    }

    [Theory]
    [InlineData("ExecStart=/long two", "/exit/0 one,/long two,/exit/0 three")]
    [InlineData("ExecStart=/exit/0 new\nExecStart=/long two", "/exit/0 one,/long two,/exit/0 three")]
    [InlineData("", "/exit/0 one,/long two")]
    public void DaemonReload_InTheMiddleOfAList_GoesOnBehindTheCommandThatRuns(string middle, string ran)
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=oneshot\nExecStart=/exit/0 one\nExecStart=/long two\nExecStart=/exit/0 old");
        world.Start("a.service");
        var pid = service.MainPid;

        world.File("a.service", $"[Service]\nType=oneshot\nExecStart=/exit/0 one\n{middle}\nExecStart=/exit/0 three\n");
        world.DaemonReload();
        Assert.Equal(pid, service.MainPid);
        world.Exit(world.Main(service));

        Assert.Equal(ran.Split(','), world.Commands);
        Assert.Equal(["a.service/start done"], world.Jobs.Ended);
    }

    [Fact]
    public void DaemonReload_WithTheSameCommandTwice_KeepsThePlace()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=oneshot\nExecStart=/same\nExecStart=/same\nExecStart=/exit/0 last");
        world.Start("a.service");
        world.Exit(world.Main(service));

        world.DaemonReload();
        world.Exit(world.Main(service));

        Assert.Equal(["/same", "/same", "/exit/0 last"], world.Commands);
    }

    [Fact]
    public void DaemonReload_DuringAControlCommand_KeepsItAndItsList()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStartPre=/slow\nExecStartPre=/exit/0 second\nExecStart=/daemon");
        world.Start("a.service");
        Assert.Equal(ServiceState.StartPre, service.State);

        world.DaemonReload();
        world.Exit(world.Control(service));

        Assert.Equal(["/slow", "/exit/0 second", "/daemon"], world.Commands);
    }

    private static class ServiceResultName
    {
        public const string ExitCode = "exit-code";
        public const string Resources = "resources";
    }
}
