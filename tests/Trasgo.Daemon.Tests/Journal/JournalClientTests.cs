using System.Text;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Tests.Journal;

/// <summary>What is written to a socket like the journal's, byte by byte.</summary>
public sealed class JournalClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string SocketPath => _folder["journal"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Send_Message_HasPriorityNameAndText()
    {
        using var journal = new JournalReceiver(SocketPath);
        using var client = new JournalClient("test", SocketPath);

        Assert.True(client.Send(SyslogLevel.Warning, "careful", ("UNIT", "a/b"), ("STACK", "one\ntwo")));

        var (bytes, isFile) = journal.Receive();
        Assert.False(isFile);
        Assert.Equal("PRIORITY=4\nSYSLOG_IDENTIFIER=test\nMESSAGE=careful\nUNIT=a/b\nSTACK\n\a\0\0\0\0\0\0\0one\ntwo\n", Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData(100_000, false)]
    [InlineData(40_000_000, true)]
    public void Send_LargeEntry_GoesInASealedFile(int size, bool expected)
    {
        using var journal = new JournalReceiver(SocketPath);
        using var client = new JournalClient("test", SocketPath);
        byte[] blob = new byte[size];
        new Random(1).NextBytes(blob);
        blob[0] = (byte)'\n';

        Assert.True(client.Send(new JournalEntry().Add("BLOB", blob)));
        client.Send(SyslogLevel.Informational, "after it");

        var (bytes, isFile) = journal.Receive();
        Assert.Equal(expected, isFile);
        Assert.Equal([.. "BLOB\n"u8, .. BitConverter.GetBytes((ulong)size), .. blob, (byte)'\n'], bytes);
        Assert.Contains("after it", Encoding.UTF8.GetString(journal.Receive().Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Send_JournalAwayAndBack_LosesOnlyWhatWasSentMeanwhile()
    {
        using var client = new JournalClient("test", SocketPath);

        Assert.False(client.Send(SyslogLevel.Error, "too early"));
        using (var journal = new JournalReceiver(SocketPath))
        {
            Assert.True(client.Send(SyslogLevel.Error, "first"));
        }

        Assert.False(client.Send(SyslogLevel.Error, "refused"));
        using var restarted = new JournalReceiver(SocketPath);
        Assert.True(client.Send(SyslogLevel.Error, "second"));

        Assert.Contains("MESSAGE=second", Encoding.UTF8.GetString(restarted.Receive().Bytes), StringComparison.Ordinal);
        Assert.Equal(2, client.LostEntries);
    }

    [Fact]
    public void Send_NameThatIsNone_SendsNothing()
    {
        using var journal = new JournalReceiver(SocketPath);
        using var client = new JournalClient("test", SocketPath);

        Assert.Throws<ArgumentException>(() => client.Send(SyslogLevel.Error, "x", ("_PID", "1")));
        Assert.Throws<ArgumentException>(() => client.Send(new JournalEntry()));
        client.Send(SyslogLevel.Error, "good");

        Assert.Contains("MESSAGE=good", Encoding.UTF8.GetString(journal.Receive().Bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("")]
    [InlineData("/a\0b")]
    public void Client_WithPathThatIsNone_IsRefused(string path) => Assert.ThrowsAny<ArgumentException>(() => new JournalClient("test", path));

    [Fact]
    public void Client_WithNameThatIsNone_IsRefused() => Assert.Throws<ArgumentException>(() => new JournalClient("two words", SocketPath));

    [Fact]
    public void Send_Disposed_IsRefused()
    {
        var client = new JournalClient("test", SocketPath);
        client.Dispose();

        Assert.Throws<ObjectDisposedException>(() => client.Send(SyslogLevel.Error, "x"));
    }
}
