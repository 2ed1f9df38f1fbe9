using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

/// <summary>What comes back from the session, and the rest of the program that is compiled with it.</summary>
public sealed class PamAnswerTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Parse_GroupsAndVariables_AreBoth()
    {
        var answer = PamAnswer.Parse("0,44,100\0A=1\0B=x y\0"u8);

        Assert.Equal([0U, 44U, 100U], answer.Groups);
        Assert.Equal(["A=1", "B=x y"], answer.Environment);
    }

    [Fact]
    public void Parse_NoGroups_LeavesTheFirstVariableAVariable()
    {
        var answer = PamAnswer.Parse("\0A=1\0"u8);

        Assert.Empty(answer.Groups);
        Assert.Equal(["A=1"], answer.Environment);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("nonsense,-1\0")]
    public void Parse_WithoutSense_IsEmpty(string content)
    {
        var answer = PamAnswer.Parse(Utf8.Encode(content));

        Assert.Empty(answer.Groups);
        Assert.Empty(answer.Environment);
    }

    [Fact]
    public void FirstHalf_BeforePam_HasDroppedOurOwnGroupsAndNothingElse()
    {
        _fixture.Config.PamName = "login";
        var parameters = _fixture.Parameters("/bin/echo");
        var identity = new ExecIdentity { Name = "svc", Uid = 1000, Gid = 1000, Groups = [1000] };
        using var pam = PamStart.Create(parameters, identity).Start!;

        using var program = ExecCompiler.Compile(_fixture.Host, parameters, identity, [], pam: pam);

        var text = program.Describe();
        Assert.Contains("setgroups([])", text);
        Assert.EndsWith("""execve(/bin/false, ["(sd-pam)"], 4 variables)""", text.TrimEnd());
        Assert.DoesNotContain("setresuid", text);
    }

    [Fact]
    public void Rest_OfTheProgram_HasPamsGroupsAndVariables()
    {
        _fixture.Config.UnsetEnvironment.Add("GONE");
        var parameters = _fixture.Parameters("/bin/echo", "$FROM_PAM") with { Descriptors = [] };
        var identity = new ExecIdentity { Name = "svc", Uid = 1000, Gid = 1000, Groups = [1000, 27] };

        using var program = ExecCompiler.CompileRest(
            _fixture.Host, parameters, identity, new PamAnswer([27, 44], ["FROM_PAM=a b", "GONE=1", "not an assignment"]));

        var text = program.Describe();
        Assert.Contains("setgroups([1000, 27, 44])", text);
        Assert.Contains("""execve(/bin/echo, ["/bin/echo", "a", "b"], 1 variables)""", text);
        Assert.True(text.IndexOf("close_range(3", StringComparison.Ordinal) < text.IndexOf("setresuid(1000", StringComparison.Ordinal));
    }
}
