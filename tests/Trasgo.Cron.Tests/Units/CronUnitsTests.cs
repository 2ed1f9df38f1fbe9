using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Support;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cron.Tests;

/// <summary>The units of jobs, read back by the parser that the manager uses.</summary>
public sealed class CronUnitsTests
{
    [Fact]
    public void Service_OfAPlainJob_RunsItsCommandByTheShellInTheUsersHome()
    {
        var config = Read(new CronWorld().Unit("PATH=/bin\nGREETING=\"a b\"\n5 4 * * * alice echo $GREETING | wc -c", ".service"));

        Assert.Equal(ServiceType.Oneshot, config.Type);
        Assert.Equal(["/bin/sh", "-c", "echo $GREETING | wc -c"], config.ExecStart[0].Argv);
        Assert.Equal("/bin/sh", config.ExecStart[0].Path);
        Assert.Equal("alice", config.Exec.User);
        Assert.Equal(["GREETING=a b", "PATH=/bin", "SHELL=/bin/sh"], config.Exec.Environment);
    }

    [Fact]
    public void Timer_OfADailyJob_ComesExactlyThenAndBelongsToTheTarget()
    {
        var text = new CronWorld().Unit("5 4 1 * fri root x", ".timer");

        Assert.Contains("\nOnCalendar=*-*-01 04:05:00\nOnCalendar=Fri *-*-* 04:05:00\nAccuracySec=1us\n", text, StringComparison.Ordinal);
        Assert.Contains("\nPartOf=cron.target\n", text, StringComparison.Ordinal);
        Assert.Contains("\nDescription=Time of a job (/etc/crontab:1)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Timer_OfARebootJob_ComesOnceAndIsNoPartOfTheTarget()
    {
        var text = new CronWorld().Unit("@reboot root x", ".timer");

        Assert.Contains("\nOnActiveSec=1us\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PartOf=", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_OfAJob_IsDataForTheCommand()
    {
        var config = Read(new CronWorld().Unit("@daily root cat%one%[Service]\\%two", ".service"));

        Assert.Equal("one\n[Service]%two\n"u8.ToArray(), config.Exec.StandardInputData);
        Assert.Equal(["/bin/sh", "-c", "cat"], config.ExecStart[0].Argv);
    }

    /// <summary>What the words of a table could be taken for by the parser of unit files, and must not.</summary>
    [Theory]
    [InlineData("echo %h %i \\% \\%\\%")]
    [InlineData("echo $HOME ${HOME} $$")]
    [InlineData("echo a; ExecStartPost=/bin/evil")]
    [InlineData("echo 'quoted' \"double\" `tick` \\")]
    [InlineData("- @ + ! : ; echo")]
    [InlineData("echo \u00e9\u0001\u007f\ttab")]
    [InlineData("[Service]")]
    public void Command_WithAnything_ReachesTheShellAsItIs(string command)
    {
        var world = new CronWorld();

        var config = Read(world.Unit("@daily root " + command.Replace("%", "\\%", StringComparison.Ordinal).Replace("\\\\%", "\\%", StringComparison.Ordinal), ".service"));

        var expected = world.ReadCron()[0].Command;
        Assert.Equal(["/bin/sh", "-c", expected], config.ExecStart[0].Argv);
        Assert.Single(config.ExecStart);
        Assert.Empty(config.ExecStartPre);
        Assert.Empty(config.ExecStartPost);
        Assert.True(config.ExecStart[0].Flags.HasFlag(ExecCommandFlags.NoEnvExpand));
    }

    [Theory]
    [InlineData("A=%h $X \"q\" 'r' \\n")]
    [InlineData("A=x\\")]
    [InlineData("A=]\u0002[")]
    public void Variable_WithAnything_KeepsItsValue(string line)
    {
        var config = Read(new CronWorld().Unit(line + "\n@daily root x", ".service"));

        Assert.Contains(line, config.Exec.Environment);
    }

    [Theory]
    [InlineData("", "alice", true)]
    [InlineData("MAILTO=bob@example.org", "bob@example.org", true)]
    [InlineData("MAILTO=", null, true)]
    [InlineData("MAILTO=bob", null, false)]
    [InlineData("MAILTO=-oQ/tmp/x", null, true)]
    [InlineData("MAILTO=\"bob; rm -rf\"", null, true)]
    public void Mail_OfAJob_GoesToWhomMailtoNames(string line, string? recipient, bool canSend)
    {
        var config = Read(new CronWorld().Unit(line + "\n@daily alice x y", ".service", canSend));

        if (recipient is null)
        {
            Assert.Empty(config.ExecStopPost);
            Assert.Equal(["/bin/sh", "-c", "x y"], config.ExecStart[0].Argv);
        }
        else
        {
            Assert.Equal(["trasgo", "cron-mail", recipient, "x y"], config.ExecStopPost[0].Argv);
            Assert.Equal(["sh", "-c", "exec \"$0\" -c \"$1\" >\"$RUNTIME_DIRECTORY/output\" 2>&1", "/bin/sh", "x y"], config.ExecStart[0].Argv);
        }
    }

    [Fact]
    public void Names_OfUnits_FollowFromFileAndLine()
    {
        var world = new CronWorld();
        world.File(CronTables.SystemTable, "\n@daily root x\n");
        world.File("/etc/cron.d/php-fpm", "@daily root x\n");
        world.UserFile("alice", "@daily x\n");
        var units = new CronUnits(new CronSettings("/usr/bin/trasgo", false), world.Diagnostics);

        Assert.Equal(
            ["cron-crontab-2.service", "cron-d-php\\x2dfpm-1.service", "cron-user-alice-1.service"],
            world.ReadCron().Select(job => units.Make(job).First().Unit.Name));
    }

    [Fact]
    public void Anacron_OfDebiansTable_IsDailyWeeklyAndMonthlyAndCatchesUp()
    {
        var world = new CronWorld();
        world.File(CronTables.AnacronTable, """
            SHELL=/bin/sh
            START_HOURS_RANGE=3-22
            RANDOM_DELAY=6
            1	5	cron.daily	run-parts --report /etc/cron.daily
            7	10	cron.weekly	run-parts --report /etc/cron.weekly
            @monthly	15	cron.monthly	run-parts --report /etc/cron.monthly
            10	0	ten	x
            bad 5 x y
            1 5 x
            1 5 ten y

            """);
        var units = new CronUnits(new CronSettings("/usr/bin/trasgo", false), world.Diagnostics);

        var jobs = world.ReadAnacron();

        Assert.Equal(
            ["*-*-* 03:05:00", "Mon *-*-* 03:10:00", "*-*-01 03:15:00", "*-*-01/10 03:00:00"],
            jobs.Select(static job => job.ToCalendarEvent(3)));
        var made = units.Make(jobs[0]).ToList();
        Assert.Equal(["anacron-cron.daily.service", "anacron-cron.daily.timer"], made.Select(static unit => unit.Unit.Name));
        Assert.Contains("\nOnCalendar=*-*-* 03:05:00\nPersistent=yes\nRandomizedDelaySec=6min\n", made[1].Unit.Text, StringComparison.Ordinal);
        Assert.Equal("/bin/sh", Read(made[0].Unit.Text).ExecStartPre[0].Path);
        Assert.Equal(
            ["/etc/anacrontab:8: bad period 'bad', the line is ignored", "/etc/anacrontab:9: the line has no period, delay, name and command, it is ignored", "/etc/anacrontab:10: there is a job 'ten' already, the line is ignored"],
            world.Messages);
    }

    private static ServiceConfig Read(string text)
    {
        var sink = new DiagnosticList();
        var name = UnitName.Parse("job.service");
        var unit = new UnitConfig(name.Type);
        var config = new ServiceConfig(unit);
        var context = new ParseContext(name, new SpecifierContext(name, new FixedHost()), sink);
        foreach (var assignment in UnitFileParser.Parse(System.Text.Encoding.UTF8.GetBytes(text), "job.service", sink))
        {
            Assert.True(ServiceDirectives.Table.Apply(config, assignment, context) || UnitDirectives.Table.Apply(unit, assignment, context), $"{assignment.Key}=");
        }

        Assert.Empty(sink.Items);
        return config;
    }
}
