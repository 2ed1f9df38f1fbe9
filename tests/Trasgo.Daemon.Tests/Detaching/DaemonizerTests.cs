using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Detaching;

/// <summary>daemon(7), "SysV Daemons": what is left of where the daemon was started from, as the kernel tells it.</summary>
public sealed class DaemonizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<int> _daemons = [];

    [Fact]
    public void Detach_WhenReady_IsInASessionWithoutTerminalThatItDoesNotLead()
    {
        int daemon = Daemon();

        string[] stat = Processes.Stat(daemon);
        Assert.NotEqual(daemon.ToString(), stat[3]);                     // session: step 7, so that no terminal can be acquired
        Assert.NotEqual(Processes.Stat(Environment.ProcessId)[3], stat[3]);
        Assert.Equal("0", stat[4]);                                      // terminal
        Assert.False(Processes.IsAlive(int.Parse(stat[3])));             // step 8: the leader is gone
        Assert.NotEqual(Environment.ProcessId, Processes.Parent(daemon));
        string[] shown = Peer.Run("/bin/ps", "-o", "sid=,pgid=,tty=,comm=", "-p", daemon.ToString()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([stat[3], stat[2], "?", "probe"], shown);
    }

    [Fact]
    public void Detach_WhenReady_HasNothingOpenThatTheStarterHad()
    {
        using var file = File.Create(_folder["inherited"]);
        var (status, _, errors) = Probe.RunUnder(
            ["/bin/sh", "-c", "exec 7>>\"$0\" 9<\"$0\"; exec \"$@\"", _folder["inherited"], Probe.Path, "daemon", "--say", "words", Report]);
        Assert.True(status == 0, errors);
        int daemon = ReadReport();

        var open = Processes.Descriptors(daemon);
        Assert.Equal(["/dev/null", "/dev/null", "/dev/null"], [open[0], open[1], open[2]]);
        Assert.DoesNotContain(open.Values, target => target == _folder["inherited"]);
        Assert.DoesNotContain(open.Values, target => target.StartsWith("/dev/pts/", StringComparison.Ordinal) || target.StartsWith("/dev/tty", StringComparison.Ordinal));

        // Console has a duplicate of standard error: no pipe may be left whose reader was the first process.
        var pipes = open.Values.Where(target => target.StartsWith("pipe:", StringComparison.Ordinal)).GroupBy(target => target);
        Assert.All(pipes, both => Assert.Equal(2, both.Count()));
    }

    [SkippableFact]
    public void Detach_FromATerminal_LeavesItAndAcquiresNoOtherByOpeningIt()
    {
        using Terminal own = new(), other = new();

        // What would happen to a daemon that skipped the second detachment: the leader of a session gets the terminal that it opens.
        Assert.Equal(other.Name, Peer.Run("/bin/sh", "-c", $"exec setsid --wait /bin/sh -c 'exec 3<>{other.Path}; ps -o tty= -p $$'").Trim());

        var (status, output, errors) = Probe.RunUnder(
            ["/bin/sh", "-c", $"exec setsid --ctty --wait /bin/sh -c 'ps -o tty= -p $$; exec \"$@\"' sh \"$@\" 0<>{own.Path}", "sh", Probe.Path, "daemon", "--open", other.Path, Report]);
        Assert.True(status == 0, errors);
        int daemon = ReadReport();

        Assert.Equal(own.Name, output.Trim());
        Assert.Equal("0", File.ReadAllLines(Report)[4]);   // when it had the other terminal open
        Assert.Equal("0", Processes.Stat(daemon)[4]);
        Assert.DoesNotContain(own.Path, Processes.Descriptors(daemon).Values);
        Assert.Contains(other.Path, Processes.Descriptors(daemon).Values);
    }

    [Fact]
    public void Detach_ByDefault_WorksInTheRootWithoutAMask()
    {
        int daemon = Daemon();

        Assert.Equal("/", new FileInfo($"/proc/{daemon}/cwd").LinkTarget);
        Assert.Equal("0000", Processes.Status(daemon, "Umask"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite,
            File.GetUnixFileMode(Report + ".mode"));
    }

    [Fact]
    public void Detach_WithDirectoryAndMask_HasThem()
    {
        int daemon = Daemon("--directory", _folder.Root, "--umask", "027");

        Assert.Equal(_folder.Root, new FileInfo($"/proc/{daemon}/cwd").LinkTarget);
        Assert.Equal("0027", Processes.Status(daemon, "Umask"));
    }

    [Fact]
    public void Detach_FromAShellThatIgnoresSignals_HasThemAtTheirDefaults()
    {
        var (status, _, errors) = Probe.RunUnder(["/bin/sh", "-c", "trap '' TERM USR2 ALRM; exec \"$@\"", "sh", Probe.Path, "daemon", Report]);
        Assert.True(status == 0, errors);
        int daemon = ReadReport();

        ulong ignored = Convert.ToUInt64(Processes.Status(daemon, "SigIgn"), 16);
        Assert.Equal(0UL, ignored & ((1UL << 14) | (1UL << 11) | (1UL << 13)));   // bit NUMBER - 1: TERM, USR2, ALRM
        Assert.Equal(0UL, Convert.ToUInt64(Processes.Status(daemon, "SigBlk"), 16));
    }

    [Fact]
    public void Detach_WhenReady_SurvivesSighupAndEndsOnSigterm()
    {
        int daemon = Daemon("--pid-file", _folder["d.pid"]);

        Processes.Signal(daemon, 1);
        Assert.NotEqual(0UL, Convert.ToUInt64(Processes.Status(daemon, "SigCgt"), 16) & 1);
        Processes.Signal(daemon, 15);
        Waiting.Until("the daemon's end", () => !Processes.IsAlive(daemon));
        Assert.False(File.Exists(_folder["d.pid"]));
    }

    [Fact]
    public void Detach_SurvivingSighup_IsStillThere()
    {
        int daemon = Daemon();

        for (int i = 0; i < 5; i++)
        {
            Processes.Signal(daemon, 1);
        }

        Waiting.Until("the signals", () => Convert.ToUInt64(Processes.Status(daemon, "ShdPnd"), 16) == 0);
        Assert.True(Processes.IsAlive(daemon));
    }

    [Fact]
    public void Detach_WithPidFile_HasWrittenItBeforeTheFirstProcessEnds()
    {
        var (status, _, errors) = Probe.Run("daemon", "--pid-file", _folder["d.pid"], Report);
        string written = File.ReadAllText(_folder["d.pid"]);
        int daemon = ReadReport();

        Assert.True(status == 0, errors);
        Assert.Equal($"{daemon}\n", written);
        Assert.Equal(daemon, PidFile.FindHolder(_folder["d.pid"]));
    }

    [Fact]
    public void Detach_ASecondTime_FailsAndNamesTheProcessThatRuns()
    {
        int daemon = Daemon("--pid-file", _folder["d.pid"]);

        var (status, output, errors) = Probe.Run("daemon", "--pid-file", _folder["d.pid"], _folder["second"]);

        Assert.Equal((75, ""), (status, output));
        Assert.Equal($"probe: already running: process {daemon} holds {_folder["d.pid"]}\n", errors);
        Assert.False(File.Exists(_folder["second"]));
        Assert.True(Processes.IsAlive(daemon));
    }

    [Fact]
    public void Detach_OfADaemonThatComplainsAndEnds_PassesItsWordsAndItsStatusOn()
    {
        var (status, output, errors) = Probe.Run("daemon", "--say", "no configuration", "--exit", "78", Report);

        Assert.Equal((78, "", "no configuration\n"), (status, output, errors));
    }

    [Fact]
    public void Detach_OfADaemonThatEndsWithoutBeingReady_IsAFailureWhateverItsStatus()
    {
        Assert.Equal(1, Probe.Run("daemon", "--exit", "0", Report).Status);
        Assert.Equal(128 + 9, Probe.Run("daemon", "--crash", Report).Status);
    }

    [Fact]
    public void Detach_ToADirectoryThatIsNotThere_SaysSo()
    {
        var (status, _, errors) = Probe.Run("daemon", "--directory", "/nonexistent/place", Report);

        Assert.Equal((1, "probe: cannot enter /nonexistent/place: No such file or directory\n"), (status, errors));
    }

    [Fact]
    public void Detach_WithARelativePidFile_IsRefusedBeforeAnythingIsStarted()
    {
        var (status, _, errors) = Probe.Run("daemon", "--pid-file", "d.pid", Report);

        Assert.Equal(1, status);
        Assert.Contains("d.pid", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Detach_OfADaemonWithAHelperThatKeepsStandardError_LetsTheFirstProcessEnd()
    {
        var (status, _, errors) = Probe.Run("daemon", "--helper", "--say", "before", Report);
        ReadReport();
        _daemons.Add(int.Parse(File.ReadAllLines(Report)[3]));

        Assert.Equal((0, "before\n"), (status, errors));
    }

    [Fact]
    public void Detach_FromAShell_LeavesTheShellsVariablesBehindAndKeepsTheOthers()
    {
        var (status, _, errors) = Probe.RunUnder([Probe.Path, "daemon", Report], ("TERM", "vt100"), ("IFS", "x"), ("LISTEN_FDS", "1"), ("LISTEN_PID", "1"), ("KEPT", "bytes"));
        Assert.True(status == 0, errors);
        int daemon = ReadReport();

        string[] names = [.. File.ReadAllText($"/proc/{daemon}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0])];
        Assert.Contains("KEPT", names);
        Assert.Contains("PATH", names);
        Assert.Empty(names.Intersect(["TERM", "IFS", "LISTEN_FDS", "LISTEN_PID"]));
        Assert.DoesNotContain(File.ReadAllLines(Report)[2].Split(','), name => name.StartsWith("TRASGO_DAEMON_", StringComparison.Ordinal));
    }

    [Fact]
    public void Detach_WithArgumentsAndVariablesThatAreNoText_KeepsTheirBytes()
    {
        string bytes = @"printf 'a\377b'";
        var (status, _, errors) = Probe.RunUnder(
            ["/bin/sh", "-c", $"export ODD=\"$({bytes})\"; exec \"$1\" daemon --odd \"$({bytes})\" '' \"$2\"", "sh", Probe.Path, Report]);
        Assert.True(status == 0, errors);
        int daemon = ReadReport();

        Assert.Contains("--odd\0a\u00ffb\0\0", File.ReadAllText($"/proc/{daemon}/cmdline", System.Text.Encoding.Latin1), StringComparison.Ordinal);
        Assert.Contains("ODD=a\u00ffb\0", File.ReadAllText($"/proc/{daemon}/environ", System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [Fact]
    public void Detach_WithTheVariableOfAnotherProcess_StartsFromTheBeginning()
    {
        var (status, _, errors) = Probe.RunUnder([Probe.Path, "daemon", Report], ("TRASGO_DAEMON_STAGE", "1:daemon:3"));
        Assert.True(status == 0, errors);

        Assert.Equal("0", Processes.Stat(ReadReport())[4]);
    }

    public void Dispose()
    {
        if (File.Exists(Report))
        {
            ReadReport();
        }

        foreach (int daemon in _daemons)
        {
            Processes.Signal(daemon, 9);
        }

        _folder.Dispose();
    }

    private string Report => _folder["report"];

    private int Daemon(params string[] arguments)
    {
        var (status, _, errors) = Probe.Run(["daemon", .. arguments, Report]);
        Assert.True(status == 0, errors);
        return ReadReport();
    }

    private int ReadReport()
    {
        Waiting.Until("the report", () => File.Exists(Report));
        _daemons.Add(int.Parse(File.ReadAllLines(Report)[0]));
        return _daemons[^1];
    }
}
