using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

public sealed class ExecEnforcementTests
{
    private readonly ExecConfig _config = new();

    [Fact]
    public void Settings_OfAPlainUnit_NeedNoRemark() => Assert.Empty(Facts(ulong.MaxValue));

    [Fact]
    public void Settings_WithoutPrivileges_SayWhyTheyAreNotHonoured()
    {
        _config.Nice = -5;
        _config.OomScoreAdjust = -900;
        _config.Limits[(int)ResourceLimitKind.OpenFiles] = new(1, ulong.MaxValue);

        Assert.Equal(
            [("Nice", EnforcementKind.Ignored), ("OOMScoreAdjust", EnforcementKind.Ignored), ("LimitNOFILE", EnforcementKind.Emulated)],
            Facts(capabilities: 0).Select(static f => (f.Directive, f.State.Kind)));
        Assert.Empty(Facts(ulong.MaxValue));
    }

    [Fact]
    public void Output_ToAJournalThatIsNotThere_IsEmulated()
    {
        _config.StandardOutput = ExecOutput.Journal;
        _config.StandardError = ExecOutput.Null;

        var fact = Assert.Single(Facts(ulong.MaxValue));

        Assert.Equal(("StandardOutput", EnforcementKind.Emulated), (fact.Directive, fact.State.Kind));
    }

    [Fact]
    public void DynamicUserAndRoot_AreEmulated()
    {
        _config.DynamicUser = true;
        _config.RootDirectory = "/srv";

        Assert.Equal(["DynamicUser", "RootDirectory"], Facts(ulong.MaxValue).Select(static f => f.Directive));
    }

    [Fact]
    public void PamWithoutAUser_IsIgnored()
    {
        _config.PamName = "login";
        Assert.Equal(["PAMName"], Facts(ulong.MaxValue).Select(static f => f.Directive));

        _config.User = "root";
        Assert.Empty(Facts(ulong.MaxValue));
    }

    private List<EnforcementFact> Facts(ulong capabilities) =>
        ExecEnforcement.Of(_config, new ExecHost { Groups = ControlGroups.Open("trasgo-none"), Capabilities = capabilities });
}
