using System.Text;
using Trasgo.Bus.Authentication;

namespace Trasgo.Bus.Tests.Authentication;

public sealed class SaslServerTests
{
    private const string Guid = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Feed_WholeDialogueOfSdBusAtOnce_IsDoneAndLeavesTheMessage()
    {
        var server = new SaslServer(0, Guid);
        var (answer, consumed) = Feed(server, "\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\nl\u0001");

        Assert.Equal("DATA\r\nOK " + Guid + "\r\nAGREE_UNIX_FD\r\n", answer);
        Assert.Equal(SaslState.Done, server.State);
        Assert.True(server.PassesDescriptors);
        Assert.Equal(48, consumed);
    }

    [Fact]
    public void Feed_ByteByByte_IsDone()
    {
        var server = new SaslServer(0, Guid);
        var pending = "";
        foreach (var c in "\0AUTH EXTERNAL 30\r\nBEGIN\r\n")
        {
            pending += c;
            pending = pending[Feed(server, pending).Consumed..];
        }

        Assert.Equal(SaslState.Done, server.State);
        Assert.False(server.PassesDescriptors);
    }

    [Theory]
    [InlineData("\0AUTH EXTERNAL 31303031\r\n", "REJECTED EXTERNAL\r\n")]
    [InlineData("\0AUTH EXTERNAL zz\r\n", "REJECTED EXTERNAL\r\n")]
    [InlineData("\0AUTH ANONYMOUS\r\n", "REJECTED EXTERNAL\r\n")]
    [InlineData("\0AUTH\r\n", "REJECTED EXTERNAL\r\n")]
    [InlineData("\0HELO\r\n", "ERROR \"Unknown command\"\r\n")]
    public void Feed_OtherMechanismOrUid_IsRejected(string dialogue, string expected)
    {
        var server = new SaslServer(0, Guid);
        Assert.Equal(expected, Feed(server, dialogue).Answer);
        Assert.Equal(SaslState.Auth, server.State);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("\0BEGIN\r\n")]
    public void Feed_OutOfOrder_Fails(string dialogue)
    {
        var server = new SaslServer(0, Guid);
        Feed(server, dialogue);
        Assert.Equal(SaslState.Failed, server.State);
    }

    [Fact]
    public void Feed_EndlessLine_Fails()
    {
        var server = new SaslServer(0, Guid);
        Feed(server, "\0" + new string('A', SaslServer.LineBytes + 1));
        Assert.Equal(SaslState.Failed, server.State);
    }

    [Fact]
    public void Feed_EndlessCommands_Fail()
    {
        var server = new SaslServer(0, Guid);
        Feed(server, "\0" + string.Concat(Enumerable.Repeat("AUTH\r\n", 100)));
        Assert.Equal(SaslState.Failed, server.State);
    }

    [Fact]
    public void Client_AnswersOfTheServer_AreDone()
    {
        var server = new SaslServer(0, Guid);
        var answer = Feed(server, Encoding.ASCII.GetString(SaslClient.Opening)).Answer;
        var client = new SaslClient();

        Assert.Equal(answer.Length, client.Feed(Encoding.ASCII.GetBytes(answer)));
        Assert.Equal(SaslState.Done, client.State);
        Assert.True(client.PassesDescriptors);
        Assert.Equal(Guid, client.Guid);
    }

    private static (string Answer, int Consumed) Feed(SaslServer server, string input)
    {
        var output = new List<byte>();
        var consumed = server.Feed(Encoding.Latin1.GetBytes(input), output);
        return (Encoding.ASCII.GetString([.. output]), consumed);
    }
}
