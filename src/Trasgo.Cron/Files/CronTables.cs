using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cron;

/// <summary>The tables of a system: /etc/crontab, /etc/cron.d, those of the users, and /etc/anacrontab.</summary>
internal sealed class CronTables(ICronFiles files, IDiagnostics sink)
{
    public const string SystemTable = "/etc/crontab";
    public const string SystemDirectory = "/etc/cron.d";
    public const string UserDirectory = "/var/spool/cron/crontabs";
    public const string AnacronTable = "/etc/anacrontab";
    public const string AnacronProgram = "/usr/sbin/anacron";

    public List<CronJob> ReadCron()
    {
        var jobs = new List<CronJob>();
        ReadSystemTable(SystemTable, jobs);
        foreach (var name in Sorted(SystemDirectory))
        {
            if (CronFileRules.IsNameInCronD(name))
            {
                ReadSystemTable($"{SystemDirectory}/{name}", jobs);
            }
        }

        foreach (var name in Sorted(UserDirectory))
        {
            if (!name.StartsWith('.'))
            {
                ReadUserTable(name, jobs);
            }
        }

        return jobs;
    }

    public List<AnacronJob> ReadAnacron()
    {
        var file = files.Open(AnacronTable, out var error);
        return Believed(AnacronTable, file, error, CronFileRules.RefuseSystemTable) is { } text
            ? new AnacrontabReader(AnacronTable, sink).Read(text)
            : [];
    }

    private string[] Sorted(string directory)
    {
        var names = files.List(directory);
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    private void ReadSystemTable(string path, List<CronJob> jobs)
    {
        var file = files.Open(path, out var error);
        if (Believed(path, file, error, CronFileRules.RefuseSystemTable) is { } text)
        {
            jobs.AddRange(new CrontabReader(path, user: null, sink).Read(text));
        }
    }

    private void ReadUserTable(string name, List<CronJob> jobs)
    {
        var path = $"{UserDirectory}/{name}";
        if (files.FindUser(name) is not { } user)
        {
            Warn(path, "ORPHAN (no passwd entry), the file is ignored");
            return;
        }

        var file = files.Open(path, out var error);
        if (Believed(path, file, error, opened => CronFileRules.RefuseUserTable(opened, user)) is { } text)
        {
            jobs.AddRange(new CrontabReader(path, name, sink).Read(text));
        }
    }

    private string? Believed(string path, CronFile? file, string error, Func<CronFile, string?> refuse)
    {
        if (file is null)
        {
            if (error.Length > 0)
            {
                Warn(path, $"the file cannot be read: {error}");
            }

            return null;
        }

        if (refuse(file) is { } reason)
        {
            Warn(path, reason + ", the file is ignored");
            return null;
        }

        return ByteText.Decode(file.Contents);
    }

    private void Warn(string path, string message) => sink.Add(new Diagnostic(Severity.Warning, null, path, 0, null, message));
}
