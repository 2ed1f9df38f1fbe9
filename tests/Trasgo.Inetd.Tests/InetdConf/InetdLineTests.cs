using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests.InetdConf;

/// <summary>The lines of inetd.conf as OpenBSD's inetd cuts them.</summary>
public sealed class InetdLineTests
{
    [Theory]
    [InlineData("a b\tc", "1:a|b|c")]
    [InlineData("#a b\n#<off># c d\ne f", "3:e|f")]
    [InlineData("a b\n  c\n\td\ne", "1:a|b|c|d;4:e")]
    [InlineData("  a b", "1:a|b")]
    [InlineData("\n\n  a", "3:a")]
    [InlineData("# x\n  a", "2:a")]
    [InlineData("a\n# x\n b", "1:a;3:b")]
    [InlineData("a \"b c\" 'd", "1:a|\"b|c\"|'d")]
    [InlineData("a\r\nb\r\n", "1:a;2:b")]
    [InlineData("a \\\nb", "1:a|\\;2:b")]
    [InlineData("", "")]
    [InlineData(" \t \n\t", "")]
    public void Lines_OfAText_AreFields(string text, string expected)
    {
        var lines = InetdLines.Read(text, "f", new DiagnosticList());

        Assert.Equal(expected, string.Join(';', lines.Select(static line => $"{line.Number}:{string.Join('|', line.Fields)}")));
    }

    [Fact]
    public void Line_ContinuedByWhatLooksLikeAComment_IsTold()
    {
        var sink = new DiagnosticList();

        var line = Assert.Single(InetdLines.Read("a b\n  # c\n", "f", sink));

        Assert.Equal(["a", "b", "#", "c"], line.Fields);
        Assert.Equal(2, Assert.Single(sink.Items).Line);
    }
}
