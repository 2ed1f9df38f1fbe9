using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Type=forking: GuessMainPID=, and when a PID file is believed (CVE-2018-16888).</summary>
public sealed class ServiceForkingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("trasgo-pid-").FullName;

    private string PidFile => _directory + "/a.pid";

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Forking_WithOneChildLeft_GuessesItsMainProcess()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=forking\nExecStart=/daemon");
        world.Start("a.service");
        var starter = world.Control(service);
        var daemon = world.Fork(starter);

        world.Exit(starter);
        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(daemon.Pid, service.MainPid);
        world.Exit(daemon, 3);

        Assert.Equal(ServiceResult.ExitCode, service.Result);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("GuessMainPID=no", 1)]
    public void Forking_WithoutAGuess_LivesAsLongAsItsProcesses(string lines, int children)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\n{lines}");
        world.Start("a.service");
        var starter = world.Control(service);
        var daemons = Enumerable.Range(0, children).Select(_ => world.Fork(starter)).ToArray();

        world.Exit(starter);
        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(0, service.MainPid);
        foreach (var daemon in daemons)
        {
            Assert.Equal(ServiceState.Running, service.State);
            world.Exit(daemon);
        }

        Assert.Equal(ServiceState.Dead, service.State);
    }

    [Fact]
    public void Forking_ThatFails_IsNotRunning()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=forking\nExecStart=/exit/1");

        world.Start("a.service");

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
    }

    /// <summary>Root's own file is believed, whoever's process it names; the one whose process it is must not count as running after that.</summary>
    [SkippableFact]
    public void PidFile_OfRootWithAProcessOfAnotherService_IsBothServicesMainProcess()
    {
        Skip.IfNot(Environment.UserName == "root", "the PID file has to be root's");
        using var world = new UnitWorld();
        var victim = world.Service("ExecStart=/victim", name: "victim.service");
        world.Start("victim.service");
        var process = world.Main(victim);
        File.WriteAllText(PidFile, $"{process.Pid}\n");
        var service = world.Service($"Type=forking\nExecStart=/daemon\nPIDFile={PidFile}");
        world.Start("a.service");
        world.Exit(world.Control(service));
        Assert.Equal((process.Pid, process.Pid), (service.MainPid, victim.MainPid));
        Assert.Same(victim, world.Context.Units.OwnerOf(process.Pid));

        world.Stop("a.service");

        Assert.False(process.IsAlive);
        Assert.Equal((ServiceState.Dead, ServiceState.Dead), (service.State, victim.State));
        Assert.Equal(0, victim.MainPid);
    }

    [Fact]
    public void PidFile_ThatIsThere_NamesTheMainProcess()
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\nPIDFile={PidFile}");
        world.Start("a.service");
        var starter = world.Control(service);
        world.Fork(starter, "/helper");
        var daemon = world.Fork(starter);
        File.WriteAllText(PidFile, $"{daemon.Pid}\n");

        world.Exit(starter);

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(daemon.Pid, service.MainPid);
    }

    [Fact]
    public void MainProcess_ThatThePidFileStillNames_IsGoneWhenItExits()
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\nPIDFile={PidFile}");
        world.Start("a.service");
        var starter = world.Control(service);
        var daemon = world.Fork(starter);
        File.WriteAllText(PidFile, $"{daemon.Pid}\n");
        world.Exit(starter);

        world.Exit(daemon, 4);

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(4, service.MainStatus.Status);
        Assert.False(File.Exists(PidFile));
    }

    [Fact]
    public void MainProcess_ThatHandsOverThroughThePidFile_LeavesTheServiceUp()
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\nPIDFile={PidFile}");
        world.Start("a.service");
        var starter = world.Control(service);
        var old = world.Fork(starter);
        File.WriteAllText(PidFile, $"{old.Pid}\n");
        world.Exit(starter);
        var successor = world.Fork(old);

        File.WriteAllText(PidFile, $"{successor.Pid}\n");
        world.Exit(old);

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(successor.Pid, service.MainPid);
    }

    [Fact]
    public void PidFile_ThatComesLater_IsWaitedFor()
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\nPIDFile={PidFile}");
        world.Start("a.service");
        var starter = world.Control(service);
        var daemon = world.Fork(starter);
        world.Exit(starter);
        Assert.Equal(ServiceState.Start, service.State);

        File.WriteAllText(PidFile + ".new", $"{daemon.Pid}\n");
        File.Move(PidFile + ".new", PidFile);
        world.Settle();

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(daemon.Pid, service.MainPid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ExecStartPost=/exit/0\n")]
    public void PidFile_OfADaemonThatEndsAfterItsParent_IsNotWaitedFor(string more)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\n{more}PIDFile={PidFile}");
        world.Start("a.service");
        var starter = world.Control(service);
        var daemon = world.Fork(starter);
        world.Exit(starter);
        Assert.Equal(more.Length == 0 ? ServiceState.Start : ServiceState.StartPost, service.State);

        world.Exit(daemon);

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(ServiceResult.Protocol, service.Result);
    }

    [Fact]
    public void PidFile_ThatNeverComes_WithNobodyLeft_IsABreachOfProtocol()
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/exit/0\nPIDFile={PidFile}");

        world.Start("a.service");

        Assert.Equal(ServiceResult.Protocol, service.Result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("99999999999999999999")]
    public void PidFile_WithSomethingElseInIt_IsNotBelieved(string text)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\nPIDFile={PidFile}\nTimeoutStartSec=5");
        world.Start("a.service");
        var starter = world.Control(service);
        world.Fork(starter);
        File.WriteAllText(PidFile, text);

        world.Exit(starter);
        Assert.Equal(ServiceState.Start, service.State);
        world.Advance(5.1);

        Assert.Equal(ServiceResult.Timeout, service.Result);
    }

    [SkippableFact]
    public void PidFile_OfAnotherUser_MayNotNameAForeignProcess()
    {
        Skip.If(Environment.UserName != "root", "Only root can give a file to another user.");
        using var world = new UnitWorld();
        var service = world.Service($"Type=forking\nExecStart=/daemon\nPIDFile={PidFile}");
        var other = world.Service("ExecStart=/other", name: "b.service");
        world.Start("b.service");
        world.Start("a.service");
        var starter = world.Control(service);
        world.Fork(starter);
        File.WriteAllText(PidFile, $"{other.MainPid}\n");
        Assert.Equal(Errno.None, FileSystem.ChangeOwner(PidFile, 1000, 1000));

        world.Exit(starter);

        Assert.Equal(ServiceState.Start, service.State);
        Assert.Equal(0, service.MainPid);
        Assert.True(world.Logged("does not belong to service, and PID file is not owned by root. Refusing."));
    }
}
