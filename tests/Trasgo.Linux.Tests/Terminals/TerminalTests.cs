using System.Text;

namespace Trasgo.Linux.Tests;

/// <summary>Terminals without hardware: what is done to them shows in what goes through.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly Descriptor _master;
    private readonly Descriptor _terminal;

    public TerminalTests()
    {
        (_master, var path) = PseudoTerminal.Open().OrThrow("/dev/ptmx");
        _terminal = FileSystem.Open(path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal | OpenFlags.NonBlock).OrThrow(path);
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _master.Dispose();
    }

    [Fact]
    public void IsTerminal_TellsAPipeFromATerminal()
    {
        var (read, write) = Pipe.Create().OrThrow("pipe2");
        using (read)
        using (write)
        {
            Assert.False(Terminal.IsTerminal(read));
            Assert.Null(TerminalMode.Of(read.Raw));
        }

        Assert.True(Terminal.IsTerminal(_terminal));
    }

    [Fact]
    public void Write_ToANewTerminal_GetsAReturnBeforeTheNewLine()
    {
        Write("a\nb");

        AssertComes("a\r\nb", _master);
    }

    [Fact]
    public void RawOutput_TakesWhatIsWrittenAsItIs()
    {
        Assert.Equal(Errno.None, TerminalMode.Of(_terminal.Raw)!.Value.RawOutput().Apply(_terminal.Raw));

        Write("a\nb");
        AssertComes("a\nb", _master);
    }

    [Fact]
    public void Raw_NeitherEchoesNorWaitsForALine()
    {
        Assert.Equal(Errno.None, TerminalMode.Of(_terminal.Raw)!.Value.Raw().Apply(_terminal.Raw));

        Type("x\u0003");

        AssertComes("x\u0003", _terminal);
        Assert.Equal(Errno.EAGAIN, FileSystem.ReadInto(_master, new byte[8]).Error);
    }

    [Fact]
    public void Reset_OfATerminalThatWasLeftRaw_EchoesAndWaitsForALine()
    {
        TerminalMode.Of(_terminal.Raw)!.Value.Raw().Apply(_terminal.Raw);

        Terminal.Reset(_terminal);
        Type("ab\u007F\r");

        AssertComes("ab\b \b\r\n", _master);
        AssertComes("a\n", _terminal);
    }

    [Fact]
    public void Size_IsWhatWasSet_AndTheRestStays()
    {
        Assert.Null(Terminal.Size(_terminal.Raw));

        Terminal.SetSize(_terminal.Raw, 30, 100);
        Terminal.SetSize(_terminal.Raw, null, 132);

        Assert.Equal((132, 30), Terminal.Size(_master.Raw));
    }

    [SkippableFact]
    public void HangUp_TakesTheTerminalFromWhoeverHasIt()
    {
        Skip.IfNot(ProcessControl.EffectiveUid == 0, "needs root");

        Terminal.HangUp(_terminal);

        Assert.Equal(0, FileSystem.ReadInto(_terminal, new byte[8]).Value);
        Assert.Equal(Errno.EIO, FileSystem.Write(_terminal, "x"u8).Error);
    }

    private void Write(string text) => FileSystem.Write(_terminal, Encoding.ASCII.GetBytes(text)).OrThrow("write");

    private void Type(string keys) => FileSystem.Write(_master, Encoding.ASCII.GetBytes(keys)).OrThrow("write");

    /// <summary>What goes in at one side comes out at the other a little later.</summary>
    private static void AssertComes(string expected, Descriptor from)
    {
        var text = "";
        var buffer = new byte[256];
        SpinWait.SpinUntil(
            () =>
            {
                var read = FileSystem.ReadInto(from, buffer);
                text += read.Ok ? Encoding.ASCII.GetString(buffer, 0, read.Value) : "";
                return text.Length >= expected.Length;
            },
            5000);
        Assert.Equal(expected, text);
    }
}
