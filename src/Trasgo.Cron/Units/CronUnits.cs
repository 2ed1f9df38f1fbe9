using System.Globalization;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Writing;

namespace Trasgo.Cron;

/// <summary>A unit of a job, and the target that wants it.</summary>
internal sealed record CronUnit(GeneratedUnit Unit, string? WantedBy);

/// <summary>
/// The units of jobs: a service that runs as cron would run it, and a timer for it. What the tables say is
/// encoded by <see cref="UnitLine"/>, so that it cannot be anything else than what it is there.
/// </summary>
internal sealed class CronUnits(CronSettings settings, IDiagnostics sink)
{
    public const string Target = "cron.target";

    private const string BootTarget = "multi-user.target";
    private const string MailDirectory = "trasgo-cron";

    /// <summary>Exactly at the beginning of the minute, as of cron.</summary>
    private static readonly UnitLine s_exact = UnitLine.Text("AccuracySec", "1us");

    public IEnumerable<CronUnit> Make(CronJob job)
    {
        var name = NameOf(job);
        yield return new CronUnit(ServiceOf(job, name), null);
        var lines = new List<UnitLine>();
        foreach (var calendarEvent in job.Schedule?.ToCalendarEvents() ?? [])
        {
            lines.Add(UnitLine.Text("OnCalendar", calendarEvent));
        }

        // What is for the boot is not done again when the other timers are started anew, so it has no part in their target.
        var isForBoot = lines.Count == 0;
        if (isForBoot)
        {
            lines.Add(UnitLine.Text("OnActiveSec", "1us"));
        }

        lines.Add(s_exact);
        yield return new CronUnit(TimerOf(name, job.Source, "crontab(5)", lines, isForBoot ? null : Target), isForBoot ? BootTarget : Target);
    }

    public IEnumerable<CronUnit> Make(AnacronJob job)
    {
        var name = "anacron-" + UnitName.Escape(job.Name);
        yield return new CronUnit(ServiceOf(job, name), null);
        var lines = new List<UnitLine>
        {
            UnitLine.Text("OnCalendar", job.ToCalendarEvent(AnacrontabReader.StartHour(job.Environment))),
            UnitLine.Yes("Persistent"),
        };
        if (AnacrontabReader.RandomDelay(job.Environment) is > 0 and var minutes)
        {
            lines.Add(UnitLine.Text("RandomizedDelaySec", string.Create(CultureInfo.InvariantCulture, $"{minutes}min")));
        }

        yield return new CronUnit(TimerOf(name, job.Source, "anacrontab(5)", lines, Target), Target);
    }

    /// <summary>cron reads tables that have changed within a minute; so do these, at once.</summary>
    public IEnumerable<CronUnit> MakeCommon()
    {
        var target = new UnitText();
        target.Section("Unit", [UnitLine.Text("Description", "Jobs of cron and anacron"), UnitLine.Text("Documentation", "man:crontab(5) man:anacrontab(5)")]);
        yield return new CronUnit(new GeneratedUnit(Target, target.ToString()), "timers.target");

        var path = new UnitText();
        path.Section("Unit", [UnitLine.Text("Description", "Changes of crontabs")]);
        path.Section("Path",
        [
            UnitLine.Text("PathChanged", CronTables.SystemTable),
            UnitLine.Text("PathChanged", CronTables.SystemDirectory),
            UnitLine.Text("PathChanged", CronTables.UserDirectory),
            UnitLine.Text("PathChanged", CronTables.AnacronTable),
        ]);
        yield return new CronUnit(new GeneratedUnit("trasgo-cron-reload.path", path.ToString()), "paths.target");

        // Timers whose lines are gone are stopped before they are forgotten.
        var service = new UnitText();
        service.Section("Unit", [UnitLine.Text("Description", "Reading crontabs that have changed"), UnitLine.Number("StartLimitIntervalSec", 0UL)]);
        service.Section("Service",
        [
            UnitLine.Text("Type", "oneshot"),
            Systemctl("stop", Target),
            Systemctl("daemon-reload"),
            Systemctl("--no-block", "start", Target),
        ]);
        yield return new CronUnit(new GeneratedUnit("trasgo-cron-reload.service", service.ToString()), null);
    }

    private UnitLine Systemctl(params string[] words) => UnitLine.Command("ExecStart", settings.Program, ["trasgo", "systemctl", .. words]);

    /// <summary>From the file and the line, so that a job keeps its name as long as it stays where it is.</summary>
    private static string NameOf(CronJob job)
    {
        var (file, place) = job.Source.File switch
        {
            CronTables.SystemTable => ("crontab", ""),
            var path when path.StartsWith(CronTables.UserDirectory, StringComparison.Ordinal) => (path[(CronTables.UserDirectory.Length + 1)..], "user-"),
            var path => (path[(path.LastIndexOf('/') + 1)..], "d-"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"cron-{place}{UnitName.Escape(file)}-{job.Source.Line}");
    }

    private static UnitText Begin(SourceLine source)
    {
        var text = new UnitText();
        text.Comment($"Generated from line {source.Line} of {source.File}:");
        text.Comment("  " + source.Text);
        return text;
    }

    private static List<UnitLine> Head(SourceLine source, string title, string manual) =>
    [
        UnitLine.Text("Description", $"{title} ({source})"),
        UnitLine.Text("Documentation", "man:" + manual),
        UnitLine.Text("SourcePath", source.File),
    ];

    private static GeneratedUnit TimerOf(string name, SourceLine source, string manual, List<UnitLine> lines, string? partOf)
    {
        var text = Begin(source);
        var head = Head(source, "Time of a job", manual);
        if (partOf is not null)
        {
            head.Add(UnitLine.Words("PartOf", partOf));
        }

        text.Section("Unit", head);
        text.Section("Timer", lines);
        return new GeneratedUnit(name + ".timer", text.ToString());
    }

    private GeneratedUnit ServiceOf(CronJob job, string name) =>
        ServiceOf(name, job.Source, Head(job.Source, $"Job of {job.User}", "crontab(5)"), job.User, job.Environment, job.Command, job.Input, delayMinutes: 0);

    private GeneratedUnit ServiceOf(AnacronJob job, string name) =>
        ServiceOf(name, job.Source, Head(job.Source, $"Job {job.Name}", "anacrontab(5)"), "root", job.Environment, job.Command, input: null, job.DelayMinutes);

    private GeneratedUnit ServiceOf(
        string name, SourceLine source, List<UnitLine> head, string user, CronEnvironment environment, string command, string? input, int delayMinutes)
    {
        var text = Begin(source);
        text.Section("Unit", [.. head, UnitLine.Words("After", "remote-fs.target", "nss-user-lookup.target"), UnitLine.Number("StartLimitIntervalSec", 0UL)]);
        var lines = new List<UnitLine> { UnitLine.Text("Type", "oneshot") };
        lines.AddRange(Surroundings(user, environment));
        AddInput(lines, input);
        if (delayMinutes > 0)
        {
            // What was missed while the machine was off is not to run all at once in the middle of the boot.
            var seconds = (delayMinutes * 60).ToString(CultureInfo.InvariantCulture);
            lines.Add(UnitLine.Command("ExecStartPre", "/bin/sh", ["sh", "-c", $"read -r up rest </proc/uptime; up=${{up%.*}}; [ \"$up\" -ge {seconds} ] || exec sleep $(({seconds} - up))"]));
        }

        AddCommand(lines, source, user, environment, name, command);
        text.Section("Service", lines);
        return new GeneratedUnit(name + ".service", text.ToString());
    }

    /// <summary>
    /// What a process of cron has and is: the user's home, a mask of 022, SIGPIPE, the facility "cron". What it leaves behind in the background lives
    /// on.
    /// </summary>
    private static List<UnitLine> Surroundings(string user, CronEnvironment environment)
    {
        var lines = new List<UnitLine>
        {
            UnitLine.Text("User", user),
            UnitLine.Text("WorkingDirectory", environment["HOME"] is { } home && home.StartsWith('/') ? "-" + home : "-~"),
            UnitLine.Text("IgnoreSIGPIPE", "no"),
            UnitLine.Text("KillMode", "process"),
            UnitLine.Text("SyslogFacility", "cron"),
        };
        foreach (var (name, value) in environment.Variables)
        {
            lines.Add(UnitLine.Words("Environment", $"{name}={value}"));
        }

        return lines;
    }

    private static void AddInput(List<UnitLine> lines, string? input)
    {
        lines.Add(UnitLine.Text("StandardInput", input is null ? "null" : "data"));
        if (input is not null)
        {
            lines.Add(UnitLine.Text("StandardInputData", Convert.ToBase64String(ByteText.Encode(input))));
        }
    }

    /// <summary>
    /// If the output is to be sent, it goes into a file in a directory that is the user's own and goes with the service, and is sent when the job has
    /// ended. Without mail it goes to the log.
    /// </summary>
    private void AddCommand(List<UnitLine> lines, SourceLine source, string user, CronEnvironment environment, string name, string command)
    {
        var shell = environment["SHELL"] ?? CronEnvironment.DefaultShell;
        var recipient = CronMail.Recipient(user, environment, settings.CanSend);
        if (recipient is not null && !CronMail.IsSafe(recipient))
        {
            sink.Add(new Diagnostic(Severity.Warning, null, source.File, source.Line, null, $"MAILTO= is no address, the output goes to the log: {recipient}"));
            recipient = null;
        }

        if (recipient is null)
        {
            lines.Add(UnitLine.Command("ExecStart", shell, [shell, "-c", command]));
            return;
        }

        lines.Add(UnitLine.Words("RuntimeDirectory", $"{MailDirectory}/{name}"));
        lines.Add(UnitLine.Text("RuntimeDirectoryMode", "0700"));
        lines.Add(UnitLine.Command("ExecStart", "/bin/sh", ["sh", "-c", "exec \"$0\" -c \"$1\" >\"$RUNTIME_DIRECTORY/output\" 2>&1", shell, command]));
        lines.Add(UnitLine.Command("ExecStopPost", settings.Program, ["trasgo", "cron-mail", recipient, command]));
    }
}
