using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

/// <summary>As whom a command runs, and with which of his rights.</summary>
public sealed class CommandIdentityTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    private ExecConfig Config => _fixture.Config;

    public void Dispose() => _fixture.Dispose();

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

    private void UseFiles(string passwd, string group)
    {
        Directory.CreateDirectory($"{_fixture.Directory}/root/etc");
        File.WriteAllText($"{_fixture.Directory}/root/etc/passwd", passwd);
        File.WriteAllText($"{_fixture.Directory}/root/etc/group", group);
        _fixture.Users = new Users($"{_fixture.Directory}/root");
    }
}
