namespace Trasgo.Exec.Tests;

public sealed class EnvironmentFileTests
{
    [Theory]
    [InlineData("A=b", "A=b")]
    [InlineData("A=b\n", "A=b")]
    [InlineData("# A=b\n;C=d\nE=f\n", "E=f")]
    [InlineData("  A = b c  \n", "A=b c")]
    [InlineData("A='b c'\n", "A=b c")]
    [InlineData("A=\"b\\\"c\"", "A=b\"c")]
    [InlineData("A=\"b\\nc\"", "A=b\\nc")]
    [InlineData("A=\"b\nc\"", "A=b\nc")]
    [InlineData("A=b\\\nc", "A=bc")]
    [InlineData("A=b\\ c", "A=b c")]
    [InlineData("A=", "A=")]
    [InlineData("A=b #c", "A=b #c")]
    [InlineData("A='b'\"c\"", "A=bc")]
    [InlineData("A='b' # c", "A=b# c")]
    [InlineData("A=b=c", "A=b=c")]
    [InlineData("# comment \\\nA=b\nC=d", "C=d")]
    [InlineData("A=\"unclosed", "A=unclosed")]
    [InlineData("A=b\r\nC=d\r\n", "A=b|C=d")]
    [InlineData("no assignment\nA=b", "A=b")]
    [InlineData("no assignment", "")]
    public void Text_OfAnyShape_GivesItsAssignments(string text, string expected) =>
        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), EnvironmentFile.Parse(text));

    [Fact]
    public void Noise_OfAnyKind_NeverThrows()
    {
        var random = new Random(11);
        for (var i = 0; i < 5000; i++)
        {
            var text = new char[random.Next(40)];
            for (var j = 0; j < text.Length; j++)
            {
                text[j] = "A=\\'\"\n\r#; \0é"[random.Next(12)];
            }

            Assert.All(EnvironmentFile.Parse(new string(text)), static entry => Assert.Contains('=', entry));
        }
    }
}
