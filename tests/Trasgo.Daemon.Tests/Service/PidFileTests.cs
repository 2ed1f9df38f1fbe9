using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Service;

public sealed class PidFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File1 => _folder["d.pid"];

    [Fact]
    public void Acquire_InAnEmptyDirectory_WritesTheNumberAndRemovesTheFileAtTheEnd()
    {
        using (var file = PidFile.Acquire(File1))
        {
            Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(File1));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(File1));
            Assert.Equal(File1, file.Path);
        }

        Assert.False(File.Exists(File1));
    }

    [Fact]
    public void Acquire_WhileAnotherProcessHoldsIt_NamesThatProcess()
    {
        using var holder = Probe.Start("hold", File1);
        Assert.Equal("held", holder.ReadLine());

        var error = Assert.Throws<AlreadyRunningException>(() => PidFile.Acquire(File1));

        Assert.Equal((holder.Id, File1), (error.ProcessId, error.Path));
        Assert.Equal($"already running: process {holder.Id} holds {File1}", error.Message);
        Assert.Equal(holder.Id, PidFile.FindHolder(File1));
    }

    [Fact]
    public void Acquire_AfterTheHolderWasKilled_TakesTheFileOver()
    {
        using var holder = Probe.Start("hold", File1);
        Assert.Equal("held", holder.ReadLine());
        holder.Signal(9);
        holder.WaitForExit();
        Assert.Equal($"{holder.Id}\n", File.ReadAllText(File1));
        Assert.Null(PidFile.FindHolder(File1));

        using var file = PidFile.Acquire(File1);

        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(File1));
    }

    [Theory]
    [InlineData("1\n")]                                     // a process that lives and is somebody else
    [InlineData("4000000\nand more text than there will be\n")]
    [InlineData("")]
    [InlineData("\0\u0001 no number")]
    public void Acquire_OfAFileThatNobodyHolds_TakesItOverWhateverItSays(string content)
    {
        File.WriteAllText(File1, content);

        using var file = PidFile.Acquire(File1);

        Assert.Equal($"{Environment.ProcessId}\n", File.ReadAllText(File1));
    }

    [Fact]
    public void Acquire_OfAFileWithAnUnreadableNumberThatIsHeld_SaysThatSomebodyHoldsIt()
    {
        using var holder = Probe.Start("hold", File1);
        Assert.Equal("held", holder.ReadLine());
        File.WriteAllText(File1, "rubbish");

        var error = Assert.Throws<AlreadyRunningException>(() => PidFile.Acquire(File1));

        Assert.Null(error.ProcessId);
        Assert.Equal($"already running: another process holds {File1}", error.Message);
    }

    [Fact]
    public void Acquire_Twice_InOneProcess_IsRefusedAndKeepsTheFirst()
    {
        using var first = PidFile.Acquire(File1);

        Assert.Equal(Environment.ProcessId, Assert.Throws<AlreadyRunningException>(() => PidFile.Acquire(File1)).ProcessId);
        Assert.Equal(Environment.ProcessId, PidFile.FindHolder(File1));
    }

    [Fact]
    public void Acquire_ByManyAtOnce_SucceedsForOne()
    {
        var probes = Enumerable.Range(0, 6).Select(_ => Probe.Start("hold", File1)).ToArray();
        string?[] answers = [.. probes.Select(probe => probe.ReadLine())];

        Assert.Single(answers, answer => answer == "held");
        var winner = probes[Array.IndexOf(answers, "held")];
        Assert.All(probes.Where(probe => probe != winner), probe => Assert.Equal($"probe: already running: process {winner.Id} holds {File1}\n", probe.Errors()));
        Array.ForEach(probes, probe => probe.Dispose());
    }

    [SkippableFact]
    public void Acquire_OfAFileThatAnotherProgramLocksTheClassicWay_NamesTheOwnerOfTheLock()
    {
        Skip.If(Peer.Find("perl") is null, "perl is not installed");
        File.WriteAllText(File1, "");
        using var locker = Probe.StartUnder(["/usr/bin/perl", "-e", """
            use Fcntl; open(my $f, '+<', $ARGV[0]) or die; my $l = pack('s s x4 q q i x4', F_WRLCK, 0, 0, 0, 0); fcntl($f, F_SETLK, $l) or die $!;
            $| = 1; print "locked\n"; <STDIN>;
            """, File1]);
        Assert.Equal("locked", locker.ReadLine());

        Assert.Equal(locker.Id, Assert.Throws<AlreadyRunningException>(() => PidFile.Acquire(File1)).ProcessId);
    }

    [Fact]
    public void Acquire_OfALink_DoesNotFollowIt()
    {
        File.WriteAllText(_folder["precious"], "content");
        File.CreateSymbolicLink(File1, _folder["precious"]);

        Assert.Contains("symbolic link", Assert.Throws<DaemonException>(() => PidFile.Acquire(File1)).Message, StringComparison.Ordinal);
        Assert.Equal("content", File.ReadAllText(_folder["precious"]));
    }

    [Fact]
    public void Acquire_OfALinkToNothing_MakesNothing()
    {
        File.CreateSymbolicLink(File1, _folder["new"]);

        Assert.Throws<DaemonException>(() => PidFile.Acquire(File1));
        Assert.False(File.Exists(_folder["new"]));
    }

    [Fact]
    public void Acquire_OfAFileWithASecondName_IsRefused()
    {
        File.WriteAllText(_folder["precious"], "content");
        Peer.Run("/bin/ln", _folder["precious"], File1);

        Assert.Contains("2 names", Assert.Throws<DaemonException>(() => PidFile.Acquire(File1)).Message, StringComparison.Ordinal);
        Assert.Equal("content", File.ReadAllText(_folder["precious"]));
    }

    [Fact]
    public void Acquire_OfWhatIsNoFile_IsRefusedWithoutWaiting()
    {
        Peer.Run("/usr/bin/mkfifo", File1);
        Directory.CreateDirectory(_folder["directory.pid"]);

        Assert.Contains("no regular file", Assert.Throws<DaemonException>(() => PidFile.Acquire(File1)).Message, StringComparison.Ordinal);
        Assert.Contains("Is a directory", Assert.Throws<DaemonException>(() => PidFile.Acquire(_folder["directory.pid"])).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Acquire_OfAFileOfAnotherUser_IsRefused()
    {
        Skip.If(Environment.UserName != "root", "needs root, to make a file that is somebody else's");
        File.WriteAllText(File1, "");
        Peer.Run("/bin/chown", "nobody", File1);

        Assert.Contains("belongs to user", Assert.Throws<DaemonException>(() => PidFile.Acquire(File1)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Acquire_InADirectoryOfAnotherUser_IsRefused()
    {
        Skip.If(Environment.UserName != "root", "needs root, to make a directory that is somebody else's");
        Directory.CreateDirectory(_folder["theirs"]);
        Peer.Run("/bin/chown", "nobody", _folder["theirs"]);

        Assert.Contains("belongs to user", Assert.Throws<DaemonException>(() => PidFile.Acquire(_folder["theirs/d.pid"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Acquire_WhereOthersWrite_DependsOnTheStickyBit()
    {
        const UnixFileMode All = (UnixFileMode)0x1ff;
        Directory.CreateDirectory(_folder["shared"]);
        File.SetUnixFileMode(_folder["shared"], All | UnixFileMode.StickyBit);
        using (PidFile.Acquire(_folder["shared/d.pid"]))
        {
        }

        File.SetUnixFileMode(_folder["shared"], All);
        Assert.Contains("sticky bit", Assert.Throws<DaemonException>(() => PidFile.Acquire(_folder["shared/d.pid"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Acquire_OfAFileThatOthersMayWrite_TakesThatFromThem()
    {
        File.WriteAllText(File1, "12\n");
        File.SetUnixFileMode(File1, (UnixFileMode)0x1b6);

        using var file = PidFile.Acquire(File1);

        Assert.Equal((UnixFileMode)0x1a4, File.GetUnixFileMode(File1));
    }

    [Fact]
    public void Acquire_WhereThereIsNoDirectory_SaysSo()
    {
        var error = Assert.Throws<DaemonException>(() => PidFile.Acquire(_folder["none/d.pid"]));

        Assert.Equal($"cannot open the directory {_folder["none"]}: No such file or directory", error.Message);
    }

    [Theory]
    [InlineData("d.pid")]
    [InlineData("/")]
    [InlineData("/run/")]
    [InlineData("/run/..")]
    [InlineData("")]
    public void Acquire_OfAPathThatIsNone_IsRefused(string path) => Assert.ThrowsAny<ArgumentException>(() => PidFile.Acquire(path));

    [Fact]
    public void Dispose_AfterSomebodyReplacedTheFile_LeavesTheirs()
    {
        var file = PidFile.Acquire(File1);
        File.Delete(File1);
        File.WriteAllText(File1, "theirs");

        file.Dispose();

        Assert.Equal("theirs", File.ReadAllText(File1));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("../d")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void PathFor_ANameThatLeadsElsewhere_IsRefused(string name) => Assert.ThrowsAny<ArgumentException>(() => PidFile.PathFor(name));

    [Fact]
    public void PathFor_ANameThatIsTooLongWithItsEnding_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => PidFile.PathFor(new string('a', 252)));
        Assert.EndsWith(new string('a', 251) + ".pid", PidFile.PathFor(new string('a', 251)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
