namespace Trasgo.Linux.Tests;

/// <summary>The words for an operation are read from the operation: each has to tell what was asked for.</summary>
public sealed class SpawnNotesTests : IDisposable
{
    private readonly SpawnProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Describe_OfFileOperations_TellsPathsAndDescriptors()
    {
        var file = _program.Open(SpawnStep.Stdin, "/a \"b\"", OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.NoControllingTerminal, 0x1B6);
        _program.Place(SpawnStep.Stdin, _program.MoveAbove(SpawnStep.Stdin, file, 10), 0);
        _program.Place(SpawnStep.Stdout, 7, 1);
        _program.CloseFrom(3);
        _program.ChangeDirectory("/ñandú", ignoreError: true);
        _program.ChangeRoot("/srv");
        _program.Umask(0x12);
        _program.WriteFile(SpawnStep.OomAdjust, "/proc/self/oom_score_adj", "-7\n");

        AssertNotes(
            "208/STDIN  open(\"/a \"b\"\", O_RDWR|O_CREAT|O_NOCTTY)",
            "208/STDIN  fcntl($0, F_DUPFD_CLOEXEC, 10)",
            "208/STDIN  dup3($1, 0, 0)",
            "209/STDOUT  dup3(7, 1, 0)",
            "202/FDS  close_range(3, ~0, CLOSE_RANGE_CLOEXEC)  (may fail)",
            "200/CHDIR  chdir(\"/ñandú\")  (may fail)",
            "210/CHROOT  chroot(\"/srv\")",
            "203/EXEC  umask(022)",
            "206/OOM_ADJUST  open(\"/proc/self/oom_score_adj\", O_WRONLY|O_NOCTTY)",
            "206/OOM_ADJUST  write($8, \"-7\")",
            "206/OOM_ADJUST  close($8)  (may fail)");
    }

    [Fact]
    public void Describe_OfIdentity_TellsWhom()
    {
        _program.SetSession();
        _program.SetGroups([7, 4_000_000_000]);
        _program.SetGroups([], ignoreError: true);
        _program.SetGroup(4_000_000_000);
        _program.SetUser(33);
        _program.SetFileSystemUser(34);
        _program.SetCapabilities(0x1_0000_0002, 0x3_0000_0004, 0x5_0000_0006);
        _program.DropFromBoundingSet(21, "cap_sys_admin");
        _program.SetSecureBits(0x1F);
        _program.RaiseAmbient(10, "cap_net_bind_service");
        _program.SetNoNewPrivileges();

        AssertNotes(
            "220/SETSID  setsid()",
            "216/GROUP  setgroups([7, 4000000000])",
            "216/GROUP  setgroups([])  (may fail)",
            "216/GROUP  setresgid(4000000000, 4000000000, 4000000000)",
            "217/USER  setresuid(33, 33, 33)",
            "200/CHDIR  setfsuid(34)",
            "218/CAPABILITIES  capset(effective 0x100000002, permitted 0x300000004, inheritable 0x500000006)",
            "218/CAPABILITIES  prctl(PR_CAPBSET_DROP, cap_sys_admin)",
            "213/SECUREBITS  prctl(PR_SET_SECUREBITS, 0x1f)",
            "218/CAPABILITIES  prctl(PR_CAP_AMBIENT_RAISE, cap_net_bind_service)",
            "227/NO_NEW_PRIVILEGES  prctl(PR_SET_NO_NEW_PRIVS, 1)");
    }

    [Fact]
    public void Describe_OfSettingsAndTheExecution_TellsValues()
    {
        _program.ResetSignals();
        _program.IgnoreSignal(Signo.SIGPIPE);
        _program.SignalMask(default);
        _program.Nice(-5);
        _program.SetTimerSlack(ulong.MaxValue - 1);
        _program.Limit(ResourceLimits.Files, new ResourceLimit { Soft = 1024, Hard = ResourceLimit.Infinity });
        _program.Call(SpawnStep.IoPrio, SystemCall.IoprioSet, "ioprio_set(2, 3)", [1, 0, 3]);
        var pid = _program.VariableWithPid("SYSTEMD_EXEC_PID");
        _program.Fail(new SpawnFailure(SpawnStep.Pam, Errno.EPERM, "Failed to say"));
        _program.Execute(["/sbin/a", "/bin/a"], ["a", "b c"], [pid, _program.Variable("A", "b")], missingIsSuccess: true);

        AssertNotes(
            "207/SIGNAL_MASK  every signal SIG_DFL",
            "207/SIGNAL_MASK  SIGPIPE SIG_IGN",
            "207/SIGNAL_MASK  rt_sigprocmask(SIG_SETMASK, {})",
            "201/NICE  setpriority(PRIO_PROCESS, 0, -5)",
            "212/TIMERSLACK  prctl(PR_SET_TIMERSLACK, 18446744073709551614)",
            "205/LIMITS  prlimit(OpenFiles, 1024:infinity)",
            "211/IOPRIO  ioprio_set(2, 3)",
            "204/MEMORY  SYSTEMD_EXEC_PID=<pid>",
            "224/PAM  Failed to say: Operation not permitted",
            "203/EXEC  execve(/sbin/a | /bin/a, [\"a\", \"b c\"], 2 variables)  (may fail)");
    }

    [Fact]
    public void Operations_MoreThanThereWasRoomFor_AreAllThere()
    {
        for (var i = 0; i < 100; i++)
        {
            _program.ChangeDirectory($"/{i}");
        }

        AssertNotes([.. Enumerable.Range(0, 100).Select(static i => $"200/CHDIR  chdir(\"/{i}\")")]);
    }

    private void AssertNotes(params string[] expected) => Assert.Equal(expected, _program.Describe().Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
