using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Tests.Journal;

public sealed class JournalStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IsNamed_FileThatTheVariableNames_IsTheStream()
    {
        using var file = File.OpenHandle(_folder["stream"], FileMode.Create, FileAccess.ReadWrite);
        int descriptor = (int)file.DangerousGetHandle();
        string identity = Peer.Run("/usr/bin/stat", "-c", "%d:%i", _folder["stream"]).TrimEnd();

        Assert.True(JournalStream.IsNamed(identity, descriptor));
        Assert.False(JournalStream.IsNamed(identity + "0", descriptor));
        Assert.False(JournalStream.IsNamed("1" + identity, descriptor));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("1")]
    [InlineData("1:")]
    [InlineData("-1:2")]
    [InlineData("a:b")]
    [InlineData("99999999999999999999999:1")]
    public void IsNamed_VariableThatIsNone_IsNotTheStream(string? variable) => Assert.False(JournalStream.IsNamed(variable, 0));

    [Fact]
    public void IsNamed_DescriptorThatIsNotOpen_IsNotTheStream() => Assert.False(JournalStream.IsNamed("1:1", 100_000));

    [Fact]
    public void Open_Stream_SendsTheHeaderAndThenLines()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_folder["stdout"]));
        listener.Listen();

        using (var stream = JournalStream.Open("test", SyslogLevel.Notice, levelPrefix: true, _folder["stdout"]))
        {
            Assert.True(new PriorityLog(stream).Write(SyslogLevel.Error, "broken\n"));
        }

        using var connection = listener.Accept();
        using var reader = new StreamReader(new NetworkStream(connection));
        Assert.Equal("test\n\n5\n1\n0\n0\n0\n<3>broken\n", reader.ReadToEnd());
    }

    [Fact]
    public void Open_NoJournal_TellsWhichSocket() =>
        Assert.Contains(_folder["nothing"], Assert.Throws<DaemonException>(() => JournalStream.Open("test", socketPath: _folder["nothing"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_SeveralLines_EachHasTheLevel()
    {
        using var file = File.OpenHandle(_folder["log"], FileMode.Create, FileAccess.Write);
        var log = new PriorityLog(file);

        Assert.True(log.Write(SyslogLevel.Warning, "one\r\n\ntwo\0\t\u001bñ\n"));
        Assert.True(log.Write(SyslogLevel.Debug, ""));

        Assert.Equal("<4>one\n<4>two#000\t#033ñ\n", Encoding.UTF8.GetString(ReadAll(file)));
    }

    [Fact]
    public void Write_PipeThatNobodyReads_IsFalse()
    {
        using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);

        Assert.False(new PriorityLog(full).Write(SyslogLevel.Error, "x"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriorityLog(full).Write((SyslogLevel)8, "x"));
    }

    private byte[] ReadAll(SafeFileHandle handle)
    {
        handle.Dispose();
        return File.ReadAllBytes(_folder["log"]);
    }
}
