using Trasgo.Bus.Driver;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Driver;

public sealed class MatchRuleTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("type='signal'", true)]
    [InlineData("type='method_call'", false)]
    [InlineData("type='signal',sender='org.freedesktop.systemd1',interface='a.b',member='C'", true)]
    [InlineData("member='D'", false)]
    [InlineData("path='/a/b'", true)]
    [InlineData("path='/a'", false)]
    [InlineData("path_namespace='/a'", true)]
    [InlineData("path_namespace='/b'", false)]
    [InlineData("arg0='x.y'", true)]
    [InlineData("arg0='x'", false)]
    [InlineData("arg0namespace='x'", true)]
    [InlineData("arg1path='/p/'", true)]
    [InlineData("arg1='/p/q'", false)]
    [InlineData("arg2='x'", false)]
    public void Matches_Signal_AsSpecified(string rule, bool matches)
    {
        using var signal = BusMessage.Signal("/a/b", "a.b", "C");
        signal.Body.String("x.y");
        signal.Body.ObjectPath("/p/q");
        var parsed = MatchRule.Parse(rule);
        Assert.NotNull(parsed);
        Assert.Equal(matches, parsed.Matches(signal));
    }

    [Theory]
    [InlineData("type")]
    [InlineData("type='nothing'")]
    [InlineData("member='a.b'")]
    [InlineData("path='a'")]
    [InlineData("path='/a',path_namespace='/b'")]
    [InlineData("arg64='x'")]
    [InlineData("arg='x'")]
    [InlineData("colour='x'")]
    [InlineData("member='C")]
    public void Parse_NoRule_IsRefused(string rule) => Assert.Null(MatchRule.Parse(rule));

    [Fact]
    public void Parse_QuotesInsideValue_AreKept() =>
        Assert.Equal("it's", Assert.Single(MatchRule.Parse(@"arg0='it'\''s'")!.Arguments).Value);
}
