using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager.Tests;

public sealed class SignalDutiesTests
{
    [Theory]
    [InlineData("Init", false, Signo.SIGINT, "start ctrl-alt-del.target ReplaceIrreversibly")]
    [InlineData("Init", false, Signo.SIGHUP, "reload")]
    [InlineData("Init", false, Signo.SIGUSR1, "start dbus.service Replace")]
    [InlineData("Init", false, Signo.SIGUSR2, "dump")]
    [InlineData("Init", false, Signo.SIGPWR, "start sigpwr.target Replace")]
    [InlineData("Init", false, Signo.SIGWINCH, "start kbrequest.target Replace")]
    [InlineData("Init", false, Signo.SIGTERM, "reexecute")]
    [InlineData("Init", true, Signo.SIGTERM, "start exit.target ReplaceIrreversibly")]
    [InlineData("Init", false, Signo.SIGRTMIN + 1, "start rescue.target Isolate")]
    [InlineData("Init", false, Signo.SIGRTMIN + 2, "start emergency.target Isolate")]
    [InlineData("Init", false, Signo.SIGRTMIN + 3, "start halt.target ReplaceIrreversibly")]
    [InlineData("Init", false, Signo.SIGRTMIN + 4, "start poweroff.target ReplaceIrreversibly")]
    [InlineData("Init", false, Signo.SIGRTMIN + 5, "start reboot.target ReplaceIrreversibly")]
    [InlineData("Init", false, Signo.SIGRTMIN + 6, "start kexec.target ReplaceIrreversibly")]
    [InlineData("Init", false, Signo.SIGRTMIN + 13, "objective Halt")]
    [InlineData("Init", false, Signo.SIGRTMIN + 14, "objective PowerOff")]
    [InlineData("Init", false, Signo.SIGRTMIN + 15, "objective Reboot")]
    [InlineData("Init", false, Signo.SIGRTMIN + 16, "objective Kexec")]
    [InlineData("Init", false, Signo.SIGRTMIN + 20, "show-status yes")]
    [InlineData("Init", false, Signo.SIGRTMIN + 21, "show-status no")]
    [InlineData("Init", false, Signo.SIGRTMIN + 22, "log-level debug")]
    [InlineData("Init", false, Signo.SIGRTMIN + 23, "log-level ")]
    [InlineData("Init", false, Signo.SIGRTMIN + 25, "reexecute")]
    [InlineData("Init", false, Signo.SIGRTMIN + 26, "log-target ")]
    [InlineData("Init", false, Signo.SIGRTMIN + 27, "log-target console")]
    [InlineData("Init", false, Signo.SIGRTMIN + 28, "log-target kmsg")]
    [InlineData("System", false, Signo.SIGTERM, "start exit.target ReplaceIrreversibly")]
    [InlineData("System", false, Signo.SIGINT, "start exit.target ReplaceIrreversibly")]
    [InlineData("System", false, Signo.SIGRTMIN + 4, "start poweroff.target ReplaceIrreversibly")]
    [InlineData("User", false, Signo.SIGTERM, "start exit.target ReplaceIrreversibly")]
    [InlineData("User", false, Signo.SIGINT, "start exit.target ReplaceIrreversibly")]
    [InlineData("User", false, Signo.SIGRTMIN + 24, "objective Exit")]
    [InlineData("User", false, Signo.SIGHUP, "reload")]
    public void Signal_ByRole_DoesWhatSystemdDoes(string role, bool stopsWithSigterm, int signo, string expected)
    {
        var control = new FakeControl { Role = Enum.Parse<ManagerRole>(role) };
        using var loop = new EventLoop(new FakeTime());
        using var duties = Make(loop, control, stopsWithSigterm, new FakeLog());

        duties.OnSignal(Duty(control.Role, stopsWithSigterm, signo), new SignalInfo(signo, 0, 0, 0, 0, 0));

        Assert.Equal([expected], control.Calls);
    }

    [Theory]
    [InlineData("User", Signo.SIGRTMIN + 4)]
    [InlineData("User", Signo.SIGPWR)]
    [InlineData("System", Signo.SIGWINCH)]
    [InlineData("Init", Signo.SIGRTMIN + 24)]
    [InlineData("Init", Signo.SIGRTMIN)]
    [InlineData("Init", Signo.SIGCHLD)]
    public void Signal_OfAnotherRole_IsNotInTheTable(string role, int signo) =>
        Assert.DoesNotContain(SignalTable.For(Enum.Parse<ManagerRole>(role), stopsWithSigterm: false), duty => duty.Signo == signo);

    [Theory]
    [InlineData("Init")]
    [InlineData("System")]
    [InlineData("User")]
    public void Table_OfARole_HasASignalOnce(string role)
    {
        var signals = SignalTable.For(Enum.Parse<ManagerRole>(role), stopsWithSigterm: true).Select(static duty => duty.Signo).ToList();

        Assert.Equal(signals.Distinct(), signals);
    }

    [Fact]
    public void CtrlAltDel_EightTimesInTwoSeconds_TakesTheBurstAction()
    {
        var time = new FakeTime();
        using var loop = new EventLoop(time);
        var control = new FakeControl();
        var log = new FakeLog();
        using var duties = Make(loop, control, stopsWithSigterm: false, log);
        var duty = Duty(ManagerRole.Init, stopsWithSigterm: false, Signo.SIGINT);

        for (var i = 0; i < 8; i++)
        {
            duties.OnSignal(duty, new SignalInfo(Signo.SIGINT, 0, 0, 0, 0, 0));
        }

        Assert.Equal(7, control.Calls.Count(static call => call.StartsWith("start ctrl-alt-del.target", StringComparison.Ordinal)));
        Assert.Equal("objective Reboot", control.Calls[^1]);

        time.Advance(3_000_000);
        duties.OnSignal(duty, new SignalInfo(Signo.SIGINT, 0, 0, 0, 0, 0));
        Assert.Equal("start ctrl-alt-del.target ReplaceIrreversibly", control.Calls[^1]);
    }

    private static SignalDuty Duty(ManagerRole role, bool stopsWithSigterm, int signo) =>
        SignalTable.For(role, stopsWithSigterm).Single(duty => duty.Signo == signo);

    private static SignalDuties Make(EventLoop loop, FakeControl control, bool stopsWithSigterm, FakeLog log)
    {
        var emergency = new EmergencyActions(control, log) { CanExit = true, AskKernel = static (_, _) => { } };
        return new SignalDuties(loop, control, emergency, log, stopsWithSigterm) { CtrlAltDelBurstAction = EmergencyAction.RebootForce };
    }
}
