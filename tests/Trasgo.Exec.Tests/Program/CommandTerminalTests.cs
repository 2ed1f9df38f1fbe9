using System.Text;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Exec.Tests;

/// <summary>Commands that have a terminal: one by its path, and one that was passed to them.</summary>
public sealed class CommandTerminalTests : IDisposable
{
    private readonly ExecFixture _fixture = new();
    private readonly Descriptor _master;
    private readonly string _path;

    public CommandTerminalTests() => (_master, _path) = PseudoTerminal.Open().OrThrow("/dev/ptmx");

    private ExecConfig Config => _fixture.Config;

    public void Dispose()
    {
        _master.Dispose();
        _fixture.Dispose();
    }

    [Fact]
    public void GivenStreams_GoBeforeThoseOfTheSettings()
    {
        var (read, write) = Pipe.Create().OrThrow("pipe2");
        using var input = MemoryFile.Create("input", Encoding.ASCII.GetBytes("words\n")).OrThrow("memfd_create");
        Config.StandardInput = ExecInput.Null;
        Config.StandardOutput = ExecOutput.Null;
        Config.StandardError = ExecOutput.Null;
        using (read)
        {
            using (write)
            {
                _fixture.Output(_fixture.Shell("cat; echo error >&2") with { StandardInput = input, StandardOutput = write, StandardError = write });
            }

            Assert.Equal("words\nerror\n", Encoding.ASCII.GetString(FileSystem.Read(read, 100).OrThrow("read")));
        }
    }

    [Theory]
    [InlineData(false, "TIOCSCTTY, 0)")]
    [InlineData(true, "TIOCSCTTY, 1)")]
    public void Terminal_ThatIsHungUp_IsTakenFromWhoeverHadIt(bool hangUp, string call)
    {
        Config.StandardInput = ExecInput.Tty;
        Config.TtyPath = _path;
        Config.TtyVHangup = hangUp;

        using var program = ExecCompiler.Compile(_fixture.Host, _fixture.Parameters("/bin/true"), ExecIdentity.Unchanged, []);

        Assert.Contains(call, program.Describe());
    }

    [Fact]
    public void GivenTerminal_IsTheControllingOne_AndReset()
    {
        using var terminal = Open();
        TerminalMode.Of(terminal.Raw)!.Value.Raw().Apply(terminal.Raw);
        Config.TtyRows = 30;
        Config.TtyColumns = 90;

        Run(_fixture.Parameters("/bin/sh", "-c", "echo >/dev/tty; stty size; stty -a | grep -o ' echo '") with
        {
            StandardInput = terminal,
            StandardOutput = terminal,
            StandardError = terminal,
        });

        AssertShown("\n30 90\n echo \n");
    }

    [SkippableFact]
    public void GivenTerminal_BelongsToTheCommandsUser()
    {
        ExecFixture.NeedRoot();
        using var terminal = Open();
        Config.User = "nobody";

        Run(_fixture.Parameters("/bin/true") with { StandardInput = terminal });

        Assert.Equal(65534u, FileSystem.Status(terminal).Value.Uid);
        Assert.Equal(0x190u, FileSystem.Status(terminal).Value.Permissions);
    }

    [Fact]
    public void Terminal_ByItsPath_IsResetBeforeTheCommandIfAskedFor()
    {
        using var terminal = Open();
        TerminalMode.Of(terminal.Raw)!.Value.Raw().Apply(terminal.Raw);
        Config.TtyPath = _path;
        Config.StandardInput = ExecInput.Tty;
        Config.StandardOutput = ExecOutput.Tty;
        Config.TtyRows = 31;

        Run(_fixture.Parameters("/bin/stty", "size"));
        AssertShown("31 0\n");

        Config.TtyReset = true;
        Run(_fixture.Parameters("/bin/sh", "-c", "stty -a | grep -o ' echo '"));
        AssertShown(" echo \n");
    }

    [SkippableFact]
    public void Revert_GivesTheTerminalBackToRoot()
    {
        ExecFixture.NeedRoot();
        using var terminal = Open();
        FileSystem.ChangeOwner(terminal, 65534, 65534);
        TerminalMode.Of(terminal.Raw)!.Value.Raw().Apply(terminal.Raw);
        Config.TtyPath = _path;
        Config.TtyReset = true;

        CommandStarter.RevertTerminal(Config, log: null);

        Assert.Equal((0u, 5u), (FileSystem.Status(terminal).Value.Uid, FileSystem.Status(terminal).Value.Gid));
        FileSystem.Write(_master, "a"u8).OrThrow("write");
        AssertShown("a");
    }

    [SkippableFact]
    public void HangUp_OfTheTerminalThatIsLoggedTo_IsLeftOut()
    {
        ExecFixture.NeedRoot();
        using var terminal = Open();
        Config.TtyPath = _path;
        Config.TtyVHangup = true;

        CommandStarter.RevertTerminal(Config, log: terminal);
        FileSystem.Write(terminal, "log"u8).OrThrow("write");
        AssertShown("log");

        CommandStarter.RevertTerminal(Config, log: null);
        Assert.Equal(Errno.EIO, FileSystem.Write(terminal, "log"u8).Error);
    }

    private Descriptor Open() =>
        FileSystem.Open(_path, OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal).OrThrow(_path);

    private void Run(ExecParameters parameters)
    {
        var (result, exit, output) = _fixture.Run(parameters);
        Assert.True(result.Ok, result.Message);
        Assert.True(exit!.Value.IsSuccess, $"{exit}: {output}");
    }

    private void AssertShown(string expected)
    {
        var shown = "";
        SpinWait.SpinUntil(() => (shown += Shown()).Length >= expected.Length, 5000);
        Assert.Equal(expected, shown);
    }

    /// <summary>What the terminal has shown by now; that a line ends with a return, too, is its own business.</summary>
    private string Shown()
    {
        var buffer = new byte[4096];
        return FileSystem.ReadInto(_master, buffer) is { Ok: true, Value: var count } ? Encoding.ASCII.GetString(buffer, 0, count).Replace("\r", "") : "";
    }
}
