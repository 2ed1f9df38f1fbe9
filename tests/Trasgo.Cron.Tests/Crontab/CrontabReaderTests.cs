namespace Trasgo.Cron.Tests;

/// <summary>Lines of crontabs (crontab(5)).</summary>
public sealed class CrontabReaderTests
{
    [Fact]
    public void SystemTable_OfDebian_HasItsFourJobs()
    {
        var world = new CronWorld();
        world.File(CronTables.SystemTable, """
            # /etc/crontab: system-wide crontab
            SHELL=/bin/sh
            PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin

            17 *	* * *	root	cd / && run-parts --report /etc/cron.hourly
            25 6	* * *	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }
            47 6	* * 7	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.weekly; }
            52 6	1 * *	root	test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.monthly; }

            """);

        var jobs = world.ReadCron();

        Assert.Equal([5, 6, 7, 8], jobs.Select(static job => job.Source.Line));
        Assert.Equal("cd / && run-parts --report /etc/cron.hourly", jobs[0].Command);
        Assert.All(jobs, static job => Assert.Equal("root", job.User));
        Assert.Equal("/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin", jobs[3].Environment["PATH"]);
        Assert.Empty(world.Messages);
    }

    [Theory]
    [InlineData("A=1", "A", "1")]
    [InlineData("A = 1 ", "A", "1")]
    [InlineData("A=\"1 2 \"", "A", "1 2 ")]
    [InlineData("'A' = '1=2'", "A", "1=2")]
    [InlineData("A=", "A", "")]
    [InlineData("A=\"\"", "A", "")]
    [InlineData("A=x y z", "A", "x y z")]
    [InlineData("A=x\"y\"", "A", "x\"y\"")]
    [InlineData("MAILTO=\"\"", "MAILTO", "")]
    public void Variable_OfEachForm_IsSetForTheJobsBelow(string line, string name, string value)
    {
        var job = new CronWorld().Job(line + "\n* * * * * root x");

        Assert.Equal(value, job.Environment[name]);
    }

    [Fact]
    public void Variables_SetBetweenJobs_CountFromThereOn()
    {
        var world = new CronWorld();
        world.File(CronTables.SystemTable, "A=1\n@daily root x\nA=2\n@daily root y\n");

        Assert.Equal(["1", "2"], world.ReadCron().Select(static job => job.Environment["A"]));
    }

    [Theory]
    [InlineData("echo a%b%c", "echo a", "b\nc\n")]
    [InlineData("echo a%", "echo a", "")]
    [InlineData("echo a%b%", "echo a", "b\n")]
    [InlineData("date +\\%F", "date +%F", null)]
    [InlineData("cat%a\\%b\\c", "cat", "a%b\\c\n")]
    [InlineData("echo a\\b", "echo a\\b", null)]
    [InlineData("printf '\\n'", "printf '\\n'", null)]
    [InlineData("printf 'x\\\\\\%y' '\\\\z'", "printf 'x\\%y' '\\z'", null)]
    [InlineData("cat%in\\%put\\\\%second\\x%third", "cat", "in%put\\%second\\x\nthird\n")]
    [InlineData("echo \\\\%in", "echo \\", "in\n")]
    public void Command_WithPercentSigns_IsSplitIntoCommandAndInput(string line, string command, string? input)
    {
        var job = new CronWorld().Job("* * * * * root " + line);

        Assert.Equal(command, job.Command);
        Assert.Equal(input, job.Input);
    }

    [Theory]
    [InlineData("61 * * * * root x", "bad minute '61', the line is ignored")]
    [InlineData("@sometimes root x", "'@sometimes' is no time, the line is ignored")]
    [InlineData("* * * * * root", "there is no command, the line is ignored")]
    [InlineData("* * * *", "bad day-of-week '', the line is ignored")]
    [InlineData("* * * * * ../x y", "bad username '../x', the line is ignored")]
    [InlineData("* * * * * * root x", "bad username '*', the line is ignored")]
    [InlineData("A B=1", "bad minute 'A', the line is ignored")]
    [InlineData("LOGNAME=eve", "LOGNAME= may not be changed, ignored")]
    [InlineData("1A=x", "'1A' is no name of a variable, ignored")]
    [InlineData("* * * * * root x\0y", "there is a NUL or a carriage return in the line, it is ignored")]
    [InlineData("* * * * * root x\r", "there is a NUL or a carriage return in the line, it is ignored")]
    public void BadLine_BetweenGoodOnes_IsToldAndTheyAreRead(string line, string expected)
    {
        var world = new CronWorld();
        world.File(CronTables.SystemTable, $"@daily root a\n{line}\n@daily root b\n");

        Assert.Equal(["a", "b"], world.ReadCron().Select(static job => job.Command));
        Assert.Equal(["/etc/crontab:2: " + expected], world.Messages);
    }

    [Fact]
    public void LastLine_WithoutItsEnd_IsNotRun()
    {
        var world = new CronWorld();
        world.File(CronTables.SystemTable, "@daily root a\n@daily root rm -rf /sr");

        Assert.Equal("a", Assert.Single(world.ReadCron()).Command);
        Assert.Equal(["/etc/crontab:2: the last line does not end, it is ignored"], world.Messages);
    }

    [Fact]
    public void UserTable_HasNoUserColumn()
    {
        var world = new CronWorld();
        world.UserFile("alice", "@daily root a\n");

        var job = Assert.Single(world.ReadCron());

        Assert.Equal("alice", job.User);
        Assert.Equal("root a", job.Command);
    }

    [Fact]
    public void Shell_ThatIsNoPath_IsRefused()
    {
        var world = new CronWorld();
        world.File(CronTables.SystemTable, "SHELL=bash\n@daily root a\n");

        Assert.Empty(world.ReadCron());
        Assert.Equal(["/etc/crontab:2: SHELL= is no path of a program, the line is ignored: bash"], world.Messages);
    }

    [Fact]
    public void RandomBytes_AsATable_AreNeverMoreThanMessages()
    {
        const string letters = "*****     0159\t\n%\\\"'=@/-,root\0\r#é";
        var random = new Random(77);
        for (var round = 0; round < 2000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(200)).Select(_ => letters[random.Next(letters.Length)])]);
            var world = new CronWorld();
            world.File(CronTables.SystemTable, text);
            foreach (var job in world.ReadCron())
            {
                Assert.NotEmpty(new CronUnits(new CronSettings("/usr/bin/trasgo", CanSend: true), world.Diagnostics).Make(job));
            }
        }
    }
}
