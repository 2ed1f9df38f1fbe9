using System.Text;

namespace Trasgo.Inetd.Tests.Access;

/// <summary>What identification servers say (RFC 1413), and what they had better not.</summary>
public class IdentAnswerTests
{
    [Theory]
    [InlineData("6193, 23 : USERID : UNIX : stjohns\r\n", "UNIX : stjohns")]
    [InlineData("6193,23:USERID:OTHER:some body\r\n", "OTHER:some body")]
    [InlineData(" 6193 , 23 :USERID: UNIX ,US-ASCII: a:b \r\n", "UNIX ,US-ASCII: a:b")]
    [InlineData("6193, 23 : USERID : UNIX : a\u001b[2Jb\u00ff\r\n", "UNIX : a?[2Jb?")]
    [InlineData("6193, 23 : ERROR : NO-USER\r\n", null)]
    [InlineData("6193, 24 : USERID : UNIX : other\r\n", null)]
    [InlineData("6194, 23 : USERID : UNIX : other\r\n", null)]
    [InlineData("+6193, 23 : USERID : UNIX : other\r\n", null)]
    [InlineData("6193 : USERID : UNIX : other\r\n", null)]
    [InlineData("6193, 23 : USERID :  \r\n", null)]
    [InlineData("\r\n", null)]
    public void Answer_OfAServer_IsTheUserOrNothing(string line, string? expected) =>
        Assert.Equal(expected, IdentAnswer.Parse(Encoding.Latin1.GetBytes(line), 6193, 23));

    [Fact]
    public void Question_NamesThePortsAsTheServerSeesThem() => Assert.Equal("6193,23\r\n"u8.ToArray(), IdentAnswer.Question(6193, 23));
}
