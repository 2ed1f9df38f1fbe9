using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager.Tests;

public sealed class ConditionTesterTests
{
    private readonly ConditionTester _tester = new(static () => ["LANG=C.UTF-8", "EMPTY="]);

    [Fact]
    public void EmptyList_Tested_Holds() => Assert.True(_tester.Test([], isAssert: false, out _));

    [Fact]
    public void List_WithOneThatFails_NamesItAndStops()
    {
        var untested = new Condition("PathExists", "/etc", trigger: false, negate: false);
        var failing = new Condition("PathExists", "/nonexistent", trigger: false, negate: false);
        var holding = new Condition("ConditionPathExists", "/etc", trigger: false, negate: false);

        Assert.False(_tester.Test([untested, failing, holding], isAssert: false, out var failed));

        Assert.Same(failing, failed);
        Assert.Equal((0, -1, 1), (untested.Result, failing.Result, holding.Result));
    }

    [Theory]
    [InlineData(true, "|/nonexistent", "|/etc")]
    [InlineData(false, "|/nonexistent", "|/nonexistent/too")]
    [InlineData(true, "|!/nonexistent")]
    [InlineData(false, "|/etc", "/nonexistent")]
    [InlineData(false, "|/nonexistent", "/etc")]
    public void Triggers_TogetherWithOthers_NeedOneOfThem(bool expected, params string[] lines)
    {
        Condition[] conditions = [.. lines.Select(static line => Parse("AssertPathExists", line))];

        Assert.Equal(expected, _tester.Test(conditions, isAssert: true, out _));
    }

    [Theory]
    [InlineData("Capability", "CAP_NO_SUCH")]
    [InlineData("ACPower", "perhaps")]
    [InlineData("Memory", "much")]
    [InlineData("NoSuchKind", "x")]
    public void Condition_ThatCannotBeTold_FailsWithAndWithoutExclamationMark(string kind, string parameter)
    {
        var plain = new Condition(kind, parameter, trigger: false, negate: false);
        var negated = new Condition(kind, parameter, trigger: false, negate: true);

        Assert.False(_tester.Test([plain], isAssert: false, out _));
        Assert.False(_tester.Test([negated], isAssert: false, out _));
        Assert.Equal((-1, -1), (plain.Result, negated.Result));
    }

    [Theory]
    [InlineData("LANG", true)]
    [InlineData("LANG=C.UTF-8", true)]
    [InlineData("LANG=C", false)]
    [InlineData("LAN", false)]
    [InlineData("EMPTY=", true)]
    public void Environment_AskedForAVariable_IsTheManagersBlock(string parameter, bool expected) =>
        Assert.Equal(expected, _tester.Test([new Condition("Environment", parameter, trigger: false, negate: false)], isAssert: false, out _));

    private static Condition Parse(string type, string text)
    {
        var trigger = text.StartsWith('|');
        text = trigger ? text[1..] : text;
        var negate = text.StartsWith('!');
        return new Condition(type, negate ? text[1..] : text, trigger, negate);
    }
}
