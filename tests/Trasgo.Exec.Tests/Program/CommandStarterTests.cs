using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

public sealed class CommandStarterTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    private ExecConfig Config => _fixture.Config;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Environment_FromAllSources_HasSystemdsPrecedence()
    {
        File.WriteAllText($"{_fixture.Directory}/env", "D=file\nE=file\n");
        Config.PassEnvironment.AddRange(["PASSED", "NOT_THERE"]);
        Config.Environment.AddRange(["B=config", "C=config", "D=config", "GONE=x"]);
        Config.EnvironmentFiles.Add(new OptionalPath($"{_fixture.Directory}/env", false));
        Config.EnvironmentFiles.Add(new OptionalPath("/nonexistent", true));
        Config.UnsetEnvironment.Add("GONE");

        var output = _fixture.Output(_fixture.Parameters("/usr/bin/env") with
        {
            ManagerEnvironment = ["PATH=/bin", "A=manager", "B=manager"],
            UnitEnvironment = [new("NOTIFY_SOCKET", "/run/notify"), new("C", "unit")],
            InvocationId = "0123456789abcdef0123456789abcdef",
        });

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "PATH=/bin", "A=manager", "B=config", "NOTIFY_SOCKET=/run/notify", "C=config",
                "INVOCATION_ID=0123456789abcdef0123456789abcdef", "PASSED=on", "D=file", "E=file",
            ],
            lines.Where(static line => !line.StartsWith("SYSTEMD_EXEC_PID")));
    }

    [Fact]
    public void EnvironmentFile_Missing_FailsBeforeThereIsAProcess()
    {
        Config.EnvironmentFiles.Add(new OptionalPath("/nonexistent", false));

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Null(exit);
        Assert.Equal((0, SpawnStep.Fork, Errno.ENOENT), (result.Pid, result.Spawn.FailedStep, result.Spawn.Error));
        Assert.Equal("Failed to load environment files: No such file or directory", result.Message);
    }

    [Fact]
    public void Stream_ToASocketThatIsNotThere_FailsBeforeThereIsAProcess()
    {
        Config.StandardError = ExecOutput.Socket;

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Null(exit);
        Assert.Equal(Errno.EINVAL, result.Spawn.Error);
    }

    [Fact]
    public void EnvironmentFile_Pattern_ReadsAllMatchesInOrder()
    {
        File.WriteAllText($"{_fixture.Directory}/b.env", "X=b\n");
        File.WriteAllText($"{_fixture.Directory}/a.env", "X=a\n");
        Config.EnvironmentFiles.Add(new OptionalPath($"{_fixture.Directory}/*.env", false));

        Assert.Equal("b\n", _fixture.Output(_fixture.Shell("echo $X")));
    }

    [Fact]
    public void Variables_WithThePid_AreTheProcessesOwn()
    {
        using var file = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
        var (result, _, output) = _fixture.Run(_fixture.Shell("echo $LISTEN_PID $WATCHDOG_PID $SYSTEMD_EXEC_PID $LISTEN_FDS $LISTEN_FDNAMES $WATCHDOG_USEC") with
        {
            WatchdogUsec = 3_000_000,
            Descriptors = [new(file, "first"), new(file, "second")],
        });

        Assert.Equal($"{result.Pid} {result.Pid} {result.Pid} 2 first:second 3000000\n", output);
    }

    [Fact]
    public void Descriptors_Passed_AreFromThreeOnAndNoOthersAreOpen()
    {
        using var a = FileSystem.Open("/etc/passwd", OpenFlags.ReadOnly).OrThrow("open");
        using var b = FileSystem.Open("/etc/group", OpenFlags.ReadOnly).OrThrow("open");

        var output = _fixture.Output(_fixture.Shell("readlink /proc/$$/fd/3 /proc/$$/fd/4; ls /proc/$$/fd") with { Descriptors = [new(a, "a"), new(b, "b")] });

        // The shell keeps its own script descriptor, if any, from 10 on.
        Assert.StartsWith("/etc/passwd\n/etc/group\n0\n1\n2\n3\n4\n", output);
    }

    [Fact]
    public void Descriptors_WhoseNumbersAreEachOthersTargets_ArriveUnmixed()
    {
        var files = Enumerable.Range(0, 40).Select(i =>
        {
            File.WriteAllText($"{_fixture.Directory}/{i}", $"{i}\n");
            return FileSystem.Open($"{_fixture.Directory}/{i}", OpenFlags.ReadOnly).OrThrow("open");
        }).Reverse().ToArray();

        var output = _fixture.Output(_fixture.Parameters("/bin/bash", "-c", "for i in $$(seq 3 42); do cat <&$$i; done") with
        {
            Descriptors = [.. files.Select(static f => new NamedDescriptor(f, "f"))],
        });

        Assert.Equal(Enumerable.Range(0, 40).Reverse().Select(static i => $"{i}"), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Array.ForEach(files, static f => f.Dispose());
    }

    [Fact]
    public void Arguments_WithVariables_AreExpandedUnlessTheCommandSaysNot()
    {
        Config.Environment.Add("X=a b");

        Assert.Equal("[a][b][a b]", _fixture.Output(_fixture.Parameters("/usr/bin/printf", "[%s]", "$X", "${X}")));

        var literal = _fixture.Parameters("/usr/bin/printf", "[%s]", "$X");
        Assert.Equal("[$X]", _fixture.Output(literal with { Command = new ExecCommand(literal.Command.Path, literal.Command.Argv, ExecCommandFlags.NoEnvExpand) }));
    }

    [Fact]
    public void Argv_EmptyAfterExpansion_IsNeverExecuted() // CVE-2021-4034
    {
        var parameters = _fixture.Parameters("/bin/true") with { Command = new ExecCommand("/bin/true", ["$NOTHING"], ExecCommandFlags.None) };

        var (result, exit, _) = _fixture.Run(parameters);

        Assert.Equal((SpawnStep.Exec, Errno.EINVAL), (result.Spawn.FailedStep, result.Spawn.Error));
        Assert.Equal(203, exit!.Value.Status);
    }

    [Fact]
    public void Executable_Missing_Is203AndSaysSo()
    {
        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/nonexistent/daemon"));

        Assert.Equal(203, exit!.Value.Status);
        Assert.Equal("Failed to locate executable /nonexistent/daemon: No such file or directory", result.Message);
    }

    [Fact]
    public void Executable_ByName_IsFoundInTheSearchPath()
    {
        File.Copy("/bin/echo", $"{_fixture.Directory}/speak");
        Config.ExecSearchPath.Add(_fixture.Directory);

        Assert.Equal("hello\n", _fixture.Output(_fixture.Parameters("speak", "hello")));
        Assert.Equal(_fixture.Directory + "\n", _fixture.Output(_fixture.Parameters("/bin/sh", "-c", "echo $$PATH") with { Command = new ExecCommand("/bin/sh", ["sh", "-c", "echo $$PATH"], ExecCommandFlags.None) }));
    }

    [Fact]
    public void Session_OfACommand_IsItsOwn()
    {
        var (result, _, output) = _fixture.Run(_fixture.Shell("cut -d' ' -f6 /proc/$$/stat"));

        Assert.Equal($"{result.Pid}\n", output);
    }

    [Fact]
    public void Umask_AndSignals_AreAsSet()
    {
        Config.UMask = 0x3F;

        Assert.Equal("0077\n0000000000001000\n", _fixture.Output(_fixture.Shell("umask; grep SigIgn /proc/self/status | cut -f2")));

        Config.IgnoreSigPipe = false;
        Assert.Equal("0000000000000000\n", _fixture.Output(_fixture.Shell("grep SigIgn /proc/self/status | cut -f2")));
    }

    [Fact]
    public void WorkingDirectory_IsEnteredAndItsAbsenceIs200()
    {
        Config.WorkingDirectory = new WorkingDirectory("/usr", false, false);
        Assert.Equal("/usr\n", _fixture.Output(_fixture.Parameters("/bin/pwd")));

        Config.WorkingDirectory = new WorkingDirectory("/nonexistent", false, false);
        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/pwd"));
        Assert.Equal((200, Errno.ENOENT), (exit!.Value.Status, result.Spawn.Error));

        _fixture.Home = "/usr";
        Config.WorkingDirectory = new WorkingDirectory(null, Home: true, false);
        Assert.Equal("/usr /usr\n", _fixture.Output(_fixture.Shell("echo $HOME $(pwd)")));

        Config.WorkingDirectory = new WorkingDirectory("/nonexistent", false, MissingOk: true);
        Assert.True(_fixture.Run(_fixture.Parameters("/bin/true")).Exit!.Value.IsSuccess);
    }

    [Fact]
    public void Limits_AreSet()
    {
        Config.Limits[(int)ResourceLimitKind.OpenFiles] = new(100, 200);
        Config.Limits[(int)ResourceLimitKind.Core] = new(0, 0);

        Assert.Equal("100 200 0\n", _fixture.Output(_fixture.Parameters("/bin/bash", "-c", "echo $$(ulimit -Sn) $$(ulimit -Hn) $$(ulimit -c)")));
    }

    /// <summary>The kernel has a ceiling for descriptors that it holds even root to, and "infinity" is above it.</summary>
    [Fact]
    public void Limits_OfDescriptorsWithoutEnd_AreAsHighAsTheKernelGoes()
    {
        Config.Limits[(int)ResourceLimitKind.OpenFiles] = new(ulong.MaxValue, ulong.MaxValue);
        var most = _fixture.Host.Can(Prctl.CapSysResource)
            ? DescriptorLimit.Ceiling
            : ProcessControl.Limit(DescriptorLimit.Resource).OrThrow("getrlimit").Hard;

        Assert.Equal($"{most}\n", _fixture.Output(_fixture.Parameters("/bin/bash", "-c", "ulimit -n")));
    }

    [SkippableFact]
    public void Scheduling_NiceOomAffinityAndIo_AreSet()
    {
        ExecFixture.NeedRoot();
        Config.Nice = 7;
        Config.OomScoreAdjust = 321;
        Config.CpuAffinity.Add(0);
        Config.TimerSlackNsec = 12345;
        Config.IoPriority = (3 << 13) | 0;

        var output = _fixture.Output(_fixture.Shell(
            "cut -d' ' -f19 /proc/self/stat; cat /proc/self/oom_score_adj; grep Cpus_allowed_list /proc/self/status | cut -f2; cat /proc/self/timerslack_ns; ionice"));

        Assert.Equal("7\n321\n0\n12345\nidle\n", output);
        Assert.NotEqual("321", File.ReadAllText("/proc/self/oom_score_adj").Trim());
    }

    [SkippableFact]
    public void User_Set_RunsAsHimWithHisGroupsAndEnvironment()
    {
        ExecFixture.NeedRoot();
        UseFiles("svc:x:61001:61002:s:/home/svc:/bin/bash\n", "svc:x:61002:\nextra:x:61003:svc\nmore:x:61004:\n");
        Config.User = "svc";
        Config.SupplementaryGroups.Add("more");

        var output = _fixture.Output(_fixture.Shell("id -u; id -g; grep Groups /proc/self/status; echo $HOME $USER $LOGNAME $SHELL; grep -E '^Cap(Eff|Prm)' /proc/self/status"));

        Assert.Equal(
            "61001\n61002\nGroups:\t61002 61003 61004 \n/home/svc svc svc /bin/bash\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\n",
            output);
    }

    [Theory]
    [InlineData("0day")] // CVE-2017-1000082
    [InlineData("nobody-knows-this-one")]
    public void User_ThatIsNone_FailsWith217AndNothingRunsAsRoot(string user)
    {
        Config.User = user;

        var (result, exit, output) = _fixture.Run(_fixture.Parameters("/usr/bin/id"));

        Assert.Equal((217, SpawnStep.User, Errno.ESRCH), (exit!.Value.Status, result.Spawn.FailedStep, result.Spawn.Error));
        Assert.Empty(output);
    }

    [SkippableFact]
    public void User_OfNssOnly_IsAskedForInAChild()
    {
        ExecFixture.NeedRoot();
        var helper = $"{_fixture.Directory}/helper";
        File.WriteAllText(helper, "#!/bin/sh\necho \"$*\" >$0.asked\nprintf 'user\\tldap\\tldap\\t61005\\t61006\\t/home/ldap\\t/bin/sh\\t61006,61007\\n'\n");
        File.SetUnixFileMode(helper, (UnixFileMode)0x1ED);
        _fixture.NssHelper = [helper, "exec-nss"];
        Config.User = "ldap";

        var output = _fixture.Output(_fixture.Shell("id -u; grep Groups /proc/self/status"));

        Assert.Equal("61005\nGroups:\t61006 61007 \n", output);
        Assert.Equal("exec-nss user:ldap\n", File.ReadAllText($"{helper}.asked"));
    }

    [Fact]
    public void NssHelper_AskedForRoot_AnswersInItsFormat()
    {
        var output = new StringWriter();

        NssHelper.Run(["user:root", "group:root", "user:nobody-knows-this-one", "junk"], output);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("user\troot\troot\t0\t0\t/root\t", lines[0]);
        Assert.Equal("group\troot\troot\t0", lines[1]);
    }

    [SkippableFact]
    public void User_WithThePrefixes_IsChangedOnlyWhereTheyAllow()
    {
        ExecFixture.NeedRoot();
        UseFiles("svc:x:61001:61002:s:/home/svc:/bin/bash\n", "svc:x:61002:\n");
        Config.User = "svc";
        Config.NoNewPrivileges = true;
        Config.Limits[(int)ResourceLimitKind.OpenFiles] = new(100, 100);

        Assert.Equal("61001 1 100", Uid(ExecCommandFlags.None));
        Assert.Equal("0 1 100", Uid(ExecCommandFlags.NoSetUid));
        Assert.StartsWith("0 0 ", Uid(ExecCommandFlags.FullyPrivileged));

        string Uid(ExecCommandFlags flags) => _fixture.Output(_fixture.Parameters("/bin/sh") with
        {
            Command = new ExecCommand("/bin/sh", ["sh", "-c", "echo $$(id -u) $$(grep NoNewPrivs /proc/self/status | cut -f2) $$(ulimit -n)"], flags),
        }).Trim();
    }

    [SkippableFact]
    public void WorkingDirectory_OfAUser_IsEnteredWithHisRightsOnly()
    {
        ExecFixture.NeedRoot();
        UseFiles("svc:x:61001:61002:s:/home/svc:/bin/bash\n", "svc:x:61002:\n");
        Config.User = "svc";
        var closed = Directory.CreateDirectory($"{_fixture.Directory}/closed").FullName;
        File.SetUnixFileMode(closed, (UnixFileMode)0x1C0);
        Config.WorkingDirectory = new WorkingDirectory(closed, false, false);

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Equal((200, Errno.EACCES), (exit!.Value.Status, result.Spawn.Error));
    }

    /// <summary>A user without a home of his own is sent to ours, which only a command with "+" may enter.</summary>
    [SkippableFact]
    public void WorkingDirectory_HomeOfAUserWhoHasNone_IsTheManagersHome()
    {
        ExecFixture.NeedRoot();
        UseFiles("svc:x:61001:61002:s:/:/bin/bash\n", "svc:x:61002:\n");
        Config.User = "svc";
        _fixture.Home = Directory.CreateDirectory($"{_fixture.Directory}/closed").FullName;
        File.SetUnixFileMode(_fixture.Home, (UnixFileMode)0x1C0);
        Config.WorkingDirectory = new WorkingDirectory(null, Home: true, false);
        var command = _fixture.Shell("echo $HOME $(pwd)");

        var (result, exit, _) = _fixture.Run(command);
        Assert.Equal((200, Errno.EACCES), (exit!.Value.Status, result.Spawn.Error));

        var privileged = new ExecCommand(command.Command.Path, command.Command.Argv, ExecCommandFlags.FullyPrivileged);
        Assert.Equal($"{_fixture.Home} {_fixture.Home}\n", _fixture.Output(command with { Command = privileged }));
    }

    [SkippableFact]
    public void Capabilities_BoundingAndAmbient_AreWhatIsLeft()
    {
        ExecFixture.NeedRoot();
        UseFiles("svc:x:61001:61002:s:/home/svc:/bin/bash\n", "svc:x:61002:\n");
        const ulong BindService = 1UL << 10;
        Config.User = "svc";
        Config.CapabilityBoundingSet = BindService | (1UL << 7);
        Config.AmbientCapabilities = BindService;
        Config.NoNewPrivileges = true;

        var output = _fixture.Output(_fixture.Shell("id -u; grep -E '^Cap' /proc/self/status | cut -f2"));

        Assert.Equal("61001\n0000000000000400\n0000000000000400\n0000000000000400\n0000000000000480\n0000000000000400\n", output);
    }

    [SkippableFact]
    public void RootDirectory_IsEnteredBeforeTheCommandIsLookedFor()
    {
        ExecFixture.NeedRoot();
        Config.RootDirectory = _fixture.Directory;

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Equal((203, Errno.ENOENT), (exit!.Value.Status, result.Spawn.Error));

        Config.RootDirectory = "/nonexistent";
        Assert.Equal(226, _fixture.Run(_fixture.Parameters("/bin/true")).Exit!.Value.Status);
    }

    [SkippableFact]
    public void Capabilities_InheritableOnes_DoNotGiveRootBackWhatTheBoundingSetTook()
    {
        ExecFixture.NeedRoot();
        Config.CapabilityBoundingSet = ~(1UL << 21);

        Assert.Equal("0000000000000000\n", _fixture.Output(_fixture.Shell("grep CapInh /proc/self/status | cut -f2")));
    }

    [SkippableFact]
    public void User_WithThePrivilegedPrefix_BringsHisGroupsButNotHisIds()
    {
        ExecFixture.NeedRoot();
        UseFiles("svc:x:61001:61002:s:/home/svc:/bin/bash\n", "svc:x:61002:\n");
        Config.User = "svc";

        var output = _fixture.Output(_fixture.Parameters("/bin/sh") with
        {
            Command = new ExecCommand("/bin/sh", ["sh", "-c", "id -u; grep Groups /proc/self/status"], ExecCommandFlags.FullyPrivileged),
        });

        Assert.Equal("0\nGroups:\t61002 \n", output);
    }

    [Fact]
    public void Streams_ToFiles_AppendAndTruncateAsAsked()
    {
        var file = $"{_fixture.Directory}/out";
        File.WriteAllText(file, "old content that is long\n");
        Config.StandardOutputFile = file;

        Config.StandardOutput = ExecOutput.File;
        _fixture.Output(_fixture.Parameters("/bin/echo", "new"));
        Assert.Equal("new\ncontent that is long\n", File.ReadAllText(file));

        Config.StandardOutput = ExecOutput.FileAppend;
        _fixture.Output(_fixture.Parameters("/bin/echo", "more"));
        Assert.Equal("new\ncontent that is long\nmore\n", File.ReadAllText(file));

        Config.StandardOutput = ExecOutput.FileTruncate;
        _fixture.Output(_fixture.Shell("echo only; echo error >&2"));
        Assert.Equal("only\nerror\n", File.ReadAllText(file));
    }

    [Fact]
    public void Stream_ToAFifoNobodyReads_DoesNotHoldUpTheStart()
    {
        var fifo = $"{_fixture.Directory}/fifo";
        Assert.Equal(Errno.None, FileSystem.MakeFifo(fifo, 0x180));
        Config.StandardOutput = ExecOutput.File;
        Config.StandardOutputFile = fifo;

        Assert.True(_fixture.Run(_fixture.Parameters("/bin/true")).Exit!.Value.IsSuccess);
    }

    [Fact]
    public void Output_ToAPathThatCannotBe_Is209()
    {
        Config.StandardOutput = ExecOutput.File;
        Config.StandardOutputFile = "/nonexistent/log";

        Assert.Equal(209, _fixture.Run(_fixture.Parameters("/bin/true")).Exit!.Value.Status);
    }

    [Fact]
    public void Input_FromDataFileOrNothing_IsRead()
    {
        Config.StandardInput = ExecInput.Data;
        Config.StandardInputData = [.. "some data\n"u8];
        Assert.Equal("some data\n", _fixture.Output(_fixture.Parameters("/bin/cat")));

        File.WriteAllText($"{_fixture.Directory}/in", "from a file\n");
        Config.StandardInput = ExecInput.File;
        Config.StandardInputFile = $"{_fixture.Directory}/in";
        Assert.Equal("from a file\n", _fixture.Output(_fixture.Parameters("/bin/cat")));

        Config.StandardInput = ExecInput.Null;
        Assert.Equal("/dev/null\n", _fixture.Output(_fixture.Parameters("/bin/readlink", "/proc/self/fd/0")));
    }

    [Fact]
    public void Streams_OnASocket_TalkOverIt()
    {
        var (ours, theirs) = UnixSocket.Pair(SocketType.Stream).OrThrow("socketpair");
        using (ours)
        {
            Config.StandardInput = ExecInput.Socket;
            Config.StandardOutput = ExecOutput.Inherit;
            UnixSocket.Send(ours, "echo me\n"u8).OrThrow("send");
            UnixSocket.ShutdownWrites(ours);

            _fixture.Output(_fixture.Parameters("/bin/cat") with { Socket = theirs });

            var buffer = new byte[64];
            var received = UnixSocket.Receive(ours, buffer).OrThrow("recv");
            Assert.Equal("echo me\n", System.Text.Encoding.UTF8.GetString(buffer, 0, received.Length));
        }

        theirs.Dispose();
    }

    [Fact]
    public void Streams_ByName_ComeFromThePassedDescriptors()
    {
        File.WriteAllText($"{_fixture.Directory}/named", "named\n");
        using var file = FileSystem.Open($"{_fixture.Directory}/named", OpenFlags.ReadOnly).OrThrow("open");
        Config.StandardInput = ExecInput.NamedDescriptor;
        Config.StandardInputName = "mine";

        Assert.Equal("named\n", _fixture.Output(_fixture.Parameters("/bin/cat") with { Descriptors = [new(file, "mine")] }));

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/cat"));
        Assert.Null(exit);
        Assert.Equal((0, Errno.ENOENT), (result.Pid, result.Spawn.Error));
    }

    [SkippableFact]
    public void Terminal_ForInputAndOutput_BecomesTheControllingOne()
    {
        var opened = FileSystem.Open("/dev/ptmx", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        Skip.IfNot(opened.Ok, "no pseudo terminals");
        using var master = opened.Value;
        Config.StandardInput = ExecInput.TtyForce;
        Config.StandardOutput = ExecOutput.Tty;
        Config.TtyPath = Unlock(master);
        using var keepsItAlive = FileSystem.Open(Config.TtyPath, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal).OrThrow("open");

        var (_, exit, _) = _fixture.Run(_fixture.Shell("tty; echo $TERM >/dev/tty; readlink /proc/$$/fd/1"));

        Assert.True(exit!.Value.IsSuccess);
        var buffer = new byte[256];
        var read = FileSystem.ReadInto(master, buffer).OrThrow("read");
        Assert.Equal($"{Config.TtyPath}\r\nvt220\r\n{Config.TtyPath}\r\n", System.Text.Encoding.ASCII.GetString(buffer, 0, read));

        static unsafe string Unlock(Descriptor master)
        {
            const int SetLock = 0x40045431;
            const int GetNumber = unchecked((int)0x80045430);
            int unlocked = 0, number;
            Assert.Equal(0, Libc.ioctl(master.Raw, SetLock, &unlocked));
            Assert.Equal(0, Libc.ioctl(master.Raw, unchecked((uint)GetNumber), &number));
            return $"/dev/pts/{number}";
        }
    }

    [SkippableFact]
    public void ControlGroup_Given_IsTheProcesses()
    {
        Skip.IfNot(_fixture.Groups.IsAvailable, "no control groups");
        var path = $"{_fixture.Groups.Root}/a";
        Assert.Equal(Errno.None, _fixture.Groups.Create(path));

        var output = _fixture.Output(_fixture.Parameters("/bin/cat", "/proc/self/cgroup") with { ControlGroup = path });

        Assert.Contains(path + "\n", output);
        _fixture.Groups.RemoveRoot();
        Assert.False(_fixture.Groups.Exists(_fixture.Groups.Root));
    }

    [Fact]
    public void Descriptors_Exhausted_FailTheStartAndNotTheManager()
    {
        var limit = ProcessControl.Limit(ResourceLimits.Files).OrThrow("getrlimit");
        using var used = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
        var parameters = _fixture.Parameters("/bin/true") with { Descriptors = [new(used, "a")], LogOutput = used };
        ExecResult? result = null;
        using var loop = new EventLoop();
        using var reaper = new ChildReaper(loop, scope: ReapScope.Spawned);
        using var spawner = new Spawner(loop, reaper);
        var starter = new CommandStarter(loop, spawner, _fixture.Host);

        // One below the lowest free number: nothing can be opened any more, while what is open stays.
        ProcessControl.SetLimit(ResourceLimits.Files, limit with { Soft = (ulong)LowestFree() }).OrThrow("setrlimit");
        try
        {
            starter.Start(parameters, r => result = r);
            var deadline = SystemTime.Instance.Now(Clock.Monotonic) + 10_000_000;
            while (result is null && SystemTime.Instance.Now(Clock.Monotonic) < deadline)
            {
                loop.RunOnce(100_000);
            }
        }
        finally
        {
            ProcessControl.SetLimit(ResourceLimits.Files, limit).OrThrow("setrlimit");
        }

        Assert.NotNull(result);
        Assert.Equal(Errno.EMFILE, result!.Value.Spawn.Error);
        if (result.Value.Pid > 0)
        {
            unsafe
            {
                ChildInfo info;
                Assert.Equal(0, Libc.waitid(1, (uint)result.Value.Pid, &info, 4));
                Assert.Equal((int)result.Value.Spawn.FailedStep, info.Status);
            }
        }

        static int LowestFree()
        {
            using var probe = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
            return probe.Raw;
        }
    }

    [Fact]
    public void Describe_OfACommand_SaysWhatWillHappenInOrder()
    {
        Config.User = "root";
        Config.UMask = 0x1F;
        using var loop = new EventLoop();
        using var reaper = new ChildReaper(loop);
        using var spawner = new Spawner(loop, reaper);

        using var program = new CommandStarter(loop, spawner, _fixture.Host).Compile(_fixture.Parameters("/bin/true"))!;
        var lines = program.Describe().Split('\n');

        Assert.Equal("207/SIGNAL_MASK  every signal SIG_DFL", lines[0]);
        Assert.Contains("203/EXEC  umask(037)", lines);
        Assert.True(Array.IndexOf(lines, "217/USER  setresuid(0, 0, 0)") > Array.IndexOf(lines, "200/CHDIR  chdir(\"/\")"));
        Assert.StartsWith("203/EXEC  execve(/bin/true, [\"/bin/true\"]", lines[^2]);
    }

    private void UseFiles(string passwd, string group)
    {
        Directory.CreateDirectory($"{_fixture.Directory}/root/etc");
        File.WriteAllText($"{_fixture.Directory}/root/etc/passwd", passwd);
        File.WriteAllText($"{_fixture.Directory}/root/etc/group", group);
        _fixture.Users = new Users($"{_fixture.Directory}/root");
    }
}
