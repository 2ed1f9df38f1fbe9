namespace Trasgo.Cli.Tests.Generators;

/// <summary><c>trasgo generator cron</c> on a tree of files: what it writes, and when it leaves the work to somebody else.</summary>
public sealed class CronGeneratorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("trasgo-cron-").FullName;

    public CronGeneratorTests()
    {
        Write("/etc/crontab", "17 * * * * root hourly\n25 6 * * * root test -x /usr/sbin/anacron || daily\n");
        Write("/etc/cron.d/job", "@reboot root boot\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableFact]
    public void Generator_OfTables_WritesUnitsAndWhoWantsThem()
    {
        var (status, error) = Run();

        Assert.Equal((0, ""), (status, error));
        Assert.Equal(
            [
                "cron-crontab-1.service", "cron-crontab-1.timer", "cron-crontab-2.service", "cron-crontab-2.timer", "cron-d-job-1.service", "cron-d-job-1.timer",
                "cron.target", "cron.target.wants/cron-crontab-1.timer", "cron.target.wants/cron-crontab-2.timer", "multi-user.target.wants/cron-d-job-1.timer",
                "paths.target.wants/trasgo-cron-reload.path", "timers.target.wants/cron.target", "trasgo-cron-reload.path", "trasgo-cron-reload.service",
            ],
            Written());
    }

    [SkippableFact]
    public void Cron_InstalledAndEnabled_KeepsItsTables()
    {
        Write("/usr/sbin/cron", "");
        Write("/usr/lib/systemd/system/cron.service", "[Service]\nExecStart=/usr/sbin/cron -f\n[Install]\nWantedBy=multi-user.target\n");
        Link("/usr/lib/systemd/system/cron.service", "/etc/systemd/system/multi-user.target.wants/cron.service");

        var (status, error) = Run();

        Assert.Equal(0, status);
        Assert.Equal("trasgo-cron-generator: cron.service is enabled and has the crontabs; nothing is generated of that.\n", error);
        Assert.Empty(Written());
    }

    [SkippableTheory]
    [InlineData("masked")]
    [InlineData("disabled")]
    [InlineData("removed")]
    public void Cron_ThatWouldNotRun_LeavesItsTables(string how)
    {
        if (how != "removed")
        {
            Write("/usr/sbin/cron", "");
            Write("/usr/lib/systemd/system/cron.service", "[Service]\nExecStart=/usr/sbin/cron -f\n[Install]\nWantedBy=multi-user.target\n");
        }
        else
        {
            Link("/usr/lib/systemd/system/cron.service", "/etc/systemd/system/multi-user.target.wants/cron.service");
        }

        if (how == "masked")
        {
            Link("/dev/null", "/etc/systemd/system/cron.service");
        }

        Assert.Equal((0, ""), Run());
        Assert.Contains("cron.target", Written());
    }

    [SkippableFact]
    public void Anacrontab_BesideTheCrontab_TakesWhatThatLeavesToIt()
    {
        Write("/etc/anacrontab", "1 5 cron.daily daily\n");

        var (status, error) = Run();

        Assert.Equal(0, status);
        Assert.Equal("trasgo-cron-generator: /etc/crontab:2: left to /etc/anacrontab.\n", error);
        Assert.Contains("anacron-cron.daily.timer", Written());
        Assert.DoesNotContain("cron-crontab-2.timer", Written());
    }

    private (int Status, string Error) Run()
    {
        Skip.IfNot(Environment.UserName == "root", "tables that do not belong to root are not believed");
        Directory.CreateDirectory(_root + "/out");
        using var recorded = new RecordedOutput();
        var status = EntryPoint.Run("trasgo", ["generator", "--root=" + _root, "cron", _root + "/out"], recorded.Output);
        return (status, recorded.Error);
    }

    private List<string> Written()
    {
        var directory = _root + "/out";
        return
        [
            .. Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories)
                .Where(static path => new FileInfo(path).LinkTarget is not null || File.Exists(path))
                .Select(path => path[(directory.Length + 1)..]).Order(StringComparer.Ordinal),
        ];
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.WriteAllText(_root + path, text);
        File.SetUnixFileMode(_root + path, (UnixFileMode)0x1A4);
    }

    private void Link(string target, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root + path)!);
        File.CreateSymbolicLink(_root + path, target);
    }
}
