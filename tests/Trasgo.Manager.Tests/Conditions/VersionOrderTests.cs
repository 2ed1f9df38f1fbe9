using Trasgo.Engine.Units;

namespace Trasgo.Manager.Tests;

public sealed class VersionOrderTests
{
    /// <summary>Oldest first, as systemd's own documentation of the order has it.</summary>
    private static readonly string[] s_ascending =
        ["122.1", "123~rc1-1", "123", "123-a", "123-a.1", "123-1", "123-1.1", "123^post1", "123.a-1", "123.1-1", "123a-1", "124-1"];

    [Fact]
    public void Versions_ComparedEachWithEach_KeepTheirOrder()
    {
        for (var i = 0; i < s_ascending.Length; i++)
        {
            for (var j = 0; j < s_ascending.Length; j++)
            {
                Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(VersionOrder.Compare(s_ascending[i], s_ascending[j])));
            }
        }
    }

    [Theory]
    [InlineData("6.1", "6.1.0", -1)]
    [InlineData("6.10", "6.9", 1)]
    [InlineData("6.01", "6.1", 0)]
    [InlineData("6_1", "6.1", 1)]
    [InlineData("", "", 0)]
    [InlineData("", "1", -1)]
    public void Version_Compared_IsRanked(string left, string right, int expected) =>
        Assert.Equal(expected, Math.Sign(VersionOrder.Compare(left, right)));

    [Fact]
    public void Braces_Nested_MultiplyAndAreBounded()
    {
        Assert.Equal(["ab", "acd", "ae"], PathGlob.Expand("a{b,c{d},e}").Select(static p => p.Replace("{d}", "d", StringComparison.Ordinal)));
        Assert.Equal(["{}", "{x"], PathGlob.Expand("{}").Concat(PathGlob.Expand("{x")));
        Assert.True(PathGlob.Expand(string.Concat(Enumerable.Repeat("{a,b,c,d}", 40))).Count <= 1024);
    }
}
