namespace Trasgo.Linux.Tests;

public sealed class ProcessesTests
{
    private static readonly int s_pid = ProcessControl.Pid;

    [Fact]
    public void OwnProcess_IsWhatItIs()
    {
        Assert.Equal(ProcessControl.ParentPid, Processes.ParentPid(s_pid));
        Assert.Equal(ProcessControl.Uid, Processes.Uid(s_pid));
        Assert.Contains(s_pid, Processes.All());
        Assert.False(Processes.IsZombie(s_pid));
        Assert.False(Processes.IsKernelThread(s_pid));
        Assert.True(Processes.StartTime(s_pid) > 0);
        Assert.Equal(Environment.GetCommandLineArgs().Length > 0, Processes.CommandLine(s_pid)!.Length > 0);
    }

    [Fact]
    public void Environment_OfOwnProcess_HasItsPathAndNothingElseThatEndsSo()
    {
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), Processes.EnvironmentValue(s_pid, "PATH"));
        Assert.Null(Processes.EnvironmentValue(s_pid, "ATH"));
    }

    [Fact]
    public void ProcessThatIsGone_IsNullEverywhere()
    {
        const int Gone = 4_194_304; // one above the largest PID there can be

        Assert.Null(Processes.Comm(Gone));
        Assert.Null(Processes.Stat(Gone));
        Assert.Null(Processes.Uid(Gone));
        Assert.False(Processes.Exists(Gone));
        Assert.Equal(Errno.ESRCH, ProcessHandle.Open(Gone).Error);
    }

    [Fact]
    public void Name_WithParenthesesAndSpaces_DoesNotShiftTheFields()
    {
        using var fixture = new SpawnFixture();
        using var directory = new TemporaryDirectory();
        File.Copy("/bin/sleep", directory["a) R 1 (b"]);
        var program = new SpawnProgram();
        program.ResetSignals();
        program.Execute([directory["a) R 1 (b"]], ["x", "1000"], ["A=b"]);
        var result = fixture.Spawn(program);

        Assert.Equal(s_pid, Processes.ParentPid(result.Pid));
        Assert.Equal("a) R 1 (b", Processes.Comm(result.Pid));

        Processes.Kill(result.Pid, Signo.SIGKILL);
        fixture.WaitFor(result);
    }
}
