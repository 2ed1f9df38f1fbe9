using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

/// <summary>Where standard input, output and error of a command lead.</summary>
public sealed class CommandStreamsTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    private ExecConfig Config => _fixture.Config;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Stream_ToASocketThatIsNotThere_FailsBeforeThereIsAProcess()
    {
        Config.StandardError = ExecOutput.Socket;

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Null(exit);
        Assert.Equal(Errno.EINVAL, result.Spawn.Error);
    }

    [Fact]
    public void Streams_ToFiles_AppendAndTruncateAsAsked()
    {
        var file = $"{_fixture.Directory}/out";
        File.WriteAllText(file, "old content that is long\n");
        Config.StandardOutputFile = file;

        Config.StandardOutput = ExecOutput.File;
        _fixture.Output(_fixture.Parameters("/bin/echo", "new"));
        Assert.Equal("new\ncontent that is long\n", File.ReadAllText(file));

        Config.StandardOutput = ExecOutput.FileAppend;
        _fixture.Output(_fixture.Parameters("/bin/echo", "more"));
        Assert.Equal("new\ncontent that is long\nmore\n", File.ReadAllText(file));

        Config.StandardOutput = ExecOutput.FileTruncate;
        _fixture.Output(_fixture.Shell("echo only; echo error >&2"));
        Assert.Equal("only\nerror\n", File.ReadAllText(file));
    }

    [Fact]
    public void Stream_ToAFifoNobodyReads_DoesNotHoldUpTheStart()
    {
        var fifo = $"{_fixture.Directory}/fifo";
        Assert.Equal(Errno.None, FileSystem.MakeFifo(fifo, 0x180));
        Config.StandardOutput = ExecOutput.File;
        Config.StandardOutputFile = fifo;

        Assert.True(_fixture.Run(_fixture.Parameters("/bin/true")).Exit!.Value.IsSuccess);
    }

    [Fact]
    public void Output_ToAPathThatCannotBe_Is209()
    {
        Config.StandardOutput = ExecOutput.File;
        Config.StandardOutputFile = "/nonexistent/log";

        Assert.Equal(209, _fixture.Run(_fixture.Parameters("/bin/true")).Exit!.Value.Status);
    }

    [Fact]
    public void Input_FromDataFileOrNothing_IsRead()
    {
        Config.StandardInput = ExecInput.Data;
        Config.StandardInputData = [.. "some data\n"u8];
        Assert.Equal("some data\n", _fixture.Output(_fixture.Parameters("/bin/cat")));

        File.WriteAllText($"{_fixture.Directory}/in", "from a file\n");
        Config.StandardInput = ExecInput.File;
        Config.StandardInputFile = $"{_fixture.Directory}/in";
        Assert.Equal("from a file\n", _fixture.Output(_fixture.Parameters("/bin/cat")));

        Config.StandardInput = ExecInput.Null;
        Assert.Equal("/dev/null\n", _fixture.Output(_fixture.Parameters("/bin/readlink", "/proc/self/fd/0")));
    }

    [Fact]
    public void Streams_OnASocket_TalkOverIt()
    {
        var (ours, theirs) = UnixSocket.Pair(SocketType.Stream).OrThrow("socketpair");
        using (ours)
        {
            Config.StandardInput = ExecInput.Socket;
            Config.StandardOutput = ExecOutput.Inherit;
            UnixSocket.Send(ours, "echo me\n"u8).OrThrow("send");
            UnixSocket.ShutdownWrites(ours);

            _fixture.Output(_fixture.Parameters("/bin/cat") with { Socket = theirs });

            var buffer = new byte[64];
            var received = UnixSocket.Receive(ours, buffer).OrThrow("recv");
            Assert.Equal("echo me\n", System.Text.Encoding.UTF8.GetString(buffer, 0, received.Length));
        }

        theirs.Dispose();
    }

    [Fact]
    public void Streams_ByName_ComeFromThePassedDescriptors()
    {
        File.WriteAllText($"{_fixture.Directory}/named", "named\n");
        using var file = FileSystem.Open($"{_fixture.Directory}/named", OpenFlags.ReadOnly).OrThrow("open");
        Config.StandardInput = ExecInput.NamedDescriptor;
        Config.StandardInputName = "mine";

        Assert.Equal("named\n", _fixture.Output(_fixture.Parameters("/bin/cat") with { Descriptors = [new(file, "mine")] }));

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/cat"));
        Assert.Null(exit);
        Assert.Equal((0, Errno.ENOENT), (result.Pid, result.Spawn.Error));
    }

    [SkippableFact]
    public void Terminal_ForInputAndOutput_BecomesTheControllingOne()
    {
        var opened = FileSystem.Open("/dev/ptmx", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal);
        Skip.IfNot(opened.Ok, "no pseudo terminals");
        using var master = opened.Value;
        Config.StandardInput = ExecInput.TtyForce;
        Config.StandardOutput = ExecOutput.Tty;
        Config.TtyPath = Unlock(master);
        using var keepsItAlive = FileSystem.Open(Config.TtyPath, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal).OrThrow("open");

        var (_, exit, _) = _fixture.Run(_fixture.Shell("tty; echo $TERM >/dev/tty; readlink /proc/$$/fd/1"));

        Assert.True(exit!.Value.IsSuccess);
        var buffer = new byte[256];
        var read = FileSystem.ReadInto(master, buffer).OrThrow("read");
        Assert.Equal($"{Config.TtyPath}\r\nvt220\r\n{Config.TtyPath}\r\n", System.Text.Encoding.ASCII.GetString(buffer, 0, read));

        static unsafe string Unlock(Descriptor master)
        {
            const int SetLock = 0x40045431;
            const int GetNumber = unchecked((int)0x80045430);
            int unlocked = 0, number;
            Assert.Equal(0, Libc.ioctl(master.Raw, SetLock, &unlocked));
            Assert.Equal(0, Libc.ioctl(master.Raw, unchecked((uint)GetNumber), &number));
            return $"/dev/pts/{number}";
        }
    }
}
