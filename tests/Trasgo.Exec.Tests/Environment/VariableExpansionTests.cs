namespace Trasgo.Exec.Tests;

public sealed class VariableExpansionTests
{
    private readonly EnvironmentBlock _environment = new();

    public VariableExpansionTests() =>
        _environment.SetAll(["ONE=one", "TWO=two two", "QUOTED='a b' c", "EMPTY="]);

    [Theory]
    [InlineData("$ONE", "one")]
    [InlineData("${ONE}", "one")]
    [InlineData("$TWO", "two|two")]
    [InlineData("${TWO}", "two two")]
    [InlineData("$QUOTED", "a b|c")]
    [InlineData("${QUOTED}", "'a b' c")]
    [InlineData("x${ONE}y${ONE}", "xoneyone")]
    [InlineData("x$ONE", "x$ONE")]
    [InlineData("$UNSET", "")]
    [InlineData("$EMPTY", "")]
    [InlineData("${UNSET}", "<>")]
    [InlineData("a${UNSET}b", "ab")]
    [InlineData("$$ONE", "$ONE")]
    [InlineData("$$", "$")]
    [InlineData("x$", "x$")]
    [InlineData("${ONE", "${ONE")]
    [InlineData("${ONE:-x}", "${ONE:-x}")]
    [InlineData("$ONE$TWO", "")]
    public void Word_WithVariables_BecomesTheseWords(string word, string expected)
    {
        var words = VariableExpansion.Expand([word], _environment);

        Assert.Equal(expected == "<>" ? [string.Empty] : expected.Split('|', StringSplitOptions.RemoveEmptyEntries), words);
    }
}
