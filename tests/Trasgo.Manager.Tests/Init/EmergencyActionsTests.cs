using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager.Tests;

public sealed class EmergencyActionsTests
{
    [Theory]
    [InlineData("System", "None")]
    [InlineData("System", "Reboot", "start reboot.target ReplaceIrreversibly")]
    [InlineData("System", "PowerOff", "start poweroff.target ReplaceIrreversibly")]
    [InlineData("System", "Exit", "status 7", "start exit.target ReplaceIrreversibly")]
    [InlineData("System", "ExitForce", "status 7", "objective Exit")]
    [InlineData("System", "RebootForce", "objective Reboot")]
    [InlineData("System", "PowerOffForce", "objective PowerOff")]
    [InlineData("System", "RebootImmediate", "objective Reboot")]
    [InlineData("User", "Exit", "status 7", "start exit.target ReplaceIrreversibly")]
    [InlineData("Init", "PowerOffImmediate", "kernel PowerOff", "objective PowerOff")]
    [InlineData("Init", "RebootImmediate", "kernel Reboot bootloader", "objective Reboot")]
    [InlineData("Init", "Exit", "status 7", "start poweroff.target ReplaceIrreversibly")]
    [InlineData("Init", "ExitForce", "status 7", "objective PowerOff")]
    public void Action_ByRole_DoesWhatSystemdDoes(string role, string action, params string[] expected)
    {
        var control = new FakeControl { Role = Enum.Parse<ManagerRole>(role) };
        var actions = Make(control);

        actions.Run(Enum.Parse<EmergencyAction>(action), "bootloader", 7, "unit failed");

        Assert.Equal(expected, control.Calls);
    }

    [Fact]
    public void Action_WithAWarning_IsShownOnTheConsole()
    {
        var control = new FakeControl { Role = ManagerRole.User };
        var log = new FakeLog();

        new EmergencyActions(control, log).Run(EmergencyAction.ExitForce, rebootArgument: null, exitStatus: null, "unit x.service failed", warn: true);

        Assert.Equal(["!! Exiting immediately: unit x.service failed", "objective Exit"], control.Calls);
        Assert.Equal(["Warning: Exiting immediately: unit x.service failed"], log.Lines);
    }

    [Theory]
    [InlineData("Reboot", false)]
    [InlineData("Exit", false)]
    [InlineData("RebootForce", true)]
    public void Action_WhileShuttingDown_IsTakenOnlyByForce(string action, bool taken)
    {
        var control = new FakeControl { Role = ManagerRole.User, IsShuttingDown = true };

        Make(control).Run(Enum.Parse<EmergencyAction>(action), rebootArgument: null, exitStatus: null, "because");

        Assert.Equal(taken, control.Calls.Count > 0);
    }

    private static EmergencyActions Make(FakeControl control) => new(control, new FakeLog())
    {
        CanExit = control.Role != ManagerRole.Init,
        AskKernel = (objective, argument) => control.Calls.Add($"kernel {objective} {argument}".TrimEnd()),
    };
}
