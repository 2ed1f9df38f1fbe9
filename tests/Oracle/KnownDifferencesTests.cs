namespace Trasgo.Oracle;

/// <summary>The list that excuses differences must not excuse what is none any more.</summary>
public sealed class KnownDifferencesTests
{
    private static readonly Step s_step = new(7, "systemctl x", []);

    [Theory]
    [InlineData("a/b:7 because", false, true)]
    [InlineData("a/b:8 because", false, false)]
    [InlineData("# a/b:7 because", false, false)]
    [InlineData("~a/b:7 a race", false, false)]
    [InlineData("a/b because", true, false)]
    [InlineData("~a/b a race", false, false)]
    public void Entry_WhoseStepIsEqual_IsObsoleteUnlessItIsARace(string line, bool ofCase, bool ofStep)
    {
        var known = new KnownDifferences([line]);

        Assert.Equal(ofCase, known.IsObsolete("a/b"));
        Assert.Equal(ofStep, known.IsObsolete("a/b", s_step));
    }

    [Theory]
    [InlineData("~a/b:7 a race", "a race")]
    [InlineData("a/b:7 because", "because")]
    [InlineData("a/b:70 because", null)]
    public void Entry_OfAStep_ExcusesIt(string line, string? reason) =>
        Assert.Equal(reason, new KnownDifferences([line]).OfStep("a/b", s_step));
}
