using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

/// <summary>The manager's side of PAMName=, with a script in the place of (sd-pam).</summary>
public sealed class PamConversationTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    public PamConversationTests()
    {
        _fixture.Config.PamName = "some-service";
        _fixture.Config.User = "root";
    }

    public void Dispose() => _fixture.Dispose();

    [SkippableFact]
    public void Session_Asked_GetsServiceUserTerminalAndEnvironmentWithThePid()
    {
        ExecFixture.NeedRoot();
        _fixture.Config.TtyPath = "/dev/tty9";
        _fixture.Config.Environment.Add("OF_THE_UNIT=1");
        _fixture.Config.UnsetEnvironment.Add("OF_THE_UNIT");
        Helper("tr '\\0' '\\n' </proc/self/fd/4; exit 7");

        var (result, exit, output) = _fixture.Run(_fixture.Parameters("/opt/some/program"));

        Assert.True(result.IsPreparing);
        Assert.StartsWith("some-service\nroot\n/dev/tty9\n(program)\n0\n0\n", output);
        Assert.Contains("OF_THE_UNIT=1\n", output);
        Assert.Contains($"SYSTEMD_EXEC_PID={result.Pid}\n", output);
        Assert.Equal(7, exit!.Value.Status);
    }

    [SkippableFact]
    public void Session_Refused_IsStep224WithPamsWords()
    {
        ExecFixture.NeedRoot();
        Helper("printf 'PPermission denied' >&3; exit 224");

        var (_, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Equal(SpawnStep.Pam, _fixture.Executed!.Value.Spawn.FailedStep);
        Assert.Equal("Failed at step PAM spawning /bin/true (PAM failed: Permission denied): Operation not permitted", _fixture.Executed.Value.Message);
        Assert.Equal(224, exit!.Value.Status);
    }

    [SkippableFact]
    public void Session_Open_IsGivenTheRestOfTheProgramAndItsFailureIsNamed()
    {
        ExecFixture.NeedRoot();
        Helper("printf '44\\0A=1\\0' >/proc/self/fd/4; printf O >&3; test \"$(head -c 1 <&3)\" = G && wc -c </proc/self/fd/4; printf 'X203 %s 2' 99 >&3; exit 203");

        var (_, _, output) = _fixture.Run(_fixture.Parameters("/nonexistent/program"));

        Assert.True(int.Parse(output, System.Globalization.CultureInfo.InvariantCulture) > 1000, output);
        Assert.Equal((SpawnStep.Exec, Errno.ENOENT), (_fixture.Executed!.Value.Spawn.FailedStep, _fixture.Executed.Value.Spawn.Error));
    }

    [SkippableFact]
    public void Session_WhoseSocketCloses_IsTheCommandReached()
    {
        ExecFixture.NeedRoot();
        Helper("exec 3<&-; exit 0");

        _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.True(_fixture.Executed!.Value.Ok, _fixture.Executed.Value.Message);
    }

    [SkippableFact]
    public void PassedDescriptors_UnderPam_StayWhereTheyAre()
    {
        ExecFixture.NeedRoot();
        Helper("readlink /proc/self/fd/3; echo $TRASGO_PAM $SYSTEMD_ACTIVATION_UNIT $SYSTEMD_ACTIVATION_SCOPE; exit 0", socket: 4);
        using var file = FileSystem.Open("/dev/zero", OpenFlags.ReadOnly).OrThrow("open");

        var (_, _, output) = _fixture.Run(_fixture.Parameters("/bin/true") with { Descriptors = [new NamedDescriptor(file, "zero")] });

        Assert.Equal("/dev/zero\n4 test.service system\n", output);
    }

    [Fact]
    public void Command_ThatKeepsTheUser_OpensNoSession()
    {
        var parameters = _fixture.Parameters("/bin/true");

        foreach (var flags in (ExecCommandFlags[])[ExecCommandFlags.FullyPrivileged, ExecCommandFlags.NoSetUid])
        {
            var command = new ExecCommand("/bin/true", ["true"], flags);
            Assert.False(PamStart.IsNeeded(parameters with { Command = command }, new ExecIdentity { Name = "root" }));
        }

        Assert.False(PamStart.IsNeeded(parameters, ExecIdentity.Unchanged));
        Assert.True(PamStart.IsNeeded(parameters, new ExecIdentity { Name = "root" }));
    }

    /// <summary>A program that begins as (sd-pam) does, by waiting for the request.</summary>
    private void Helper(string script, int socket = 3)
    {
        var path = $"{_fixture.Directory}/sd-pam";
        File.WriteAllText(path, $"#!/bin/sh\ntest \"$(head -c 1 <&{socket})\" = R || exit 1\n{script}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        _fixture.PamHelper = path;
    }
}
