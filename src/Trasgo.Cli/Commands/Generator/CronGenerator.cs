using Trasgo.Cron;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>The generator "cron": timers and services of crontabs and of /etc/anacrontab.</summary>
internal static class CronGenerator
{
    private static readonly RivalDaemon[] s_cron = [new("cron", "/usr/sbin/cron"), new("cronie", "/usr/sbin/crond"), new("bcron", "/usr/sbin/bcron-start")];
    private static readonly RivalDaemon[] s_anacron = [new("anacron", CronTables.AnacronProgram)];

    internal static string[] Inputs => [CronTables.SystemTable, CronTables.SystemDirectory, CronTables.UserDirectory, CronTables.AnacronTable];

    internal static int Generate(GeneratorInvocation invocation)
    {
        var sink = new DiagnosticList();
        var files = new CronFiles(invocation.Root, invocation.Input);
        var tables = new CronTables(files, sink);
        var units = new CronUnits(new CronSettings(OwnProgram.Path, files.IsExecutable(CronMail.Sendmail)), sink);
        var rivals = new RivalDaemons(invocation);
        var made = new List<CronUnit>();
        var anacron = Left(invocation, rivals, s_anacron, CronTables.AnacronTable) ? tables.ReadAnacron() : [];
        foreach (var job in anacron)
        {
            made.AddRange(units.Make(job));
        }

        var isOurs = Left(invocation, rivals, s_cron, "the crontabs");
        foreach (var job in isOurs ? tables.ReadCron() : [])
        {
            // Debian's /etc/crontab leaves these to anacron, and asks for its program; here the table is enough.
            if (anacron.Count > 0 && job.Command.Contains("test -x " + CronTables.AnacronProgram + " ||", StringComparison.Ordinal))
            {
                invocation.Info($"{job.Source}: left to {CronTables.AnacronTable}.");
                continue;
            }

            made.AddRange(units.Make(job));
        }

        if (isOurs || made.Count > 0)
        {
            made.AddRange(units.MakeCommon());
        }

        invocation.Tell(sink);
        return Write(invocation, made) ? 0 : 1;
    }

    /// <summary>Whether the work is left for us: a daemon that is enabled does it itself.</summary>
    private static bool Left(GeneratorInvocation invocation, RivalDaemons rivals, RivalDaemon[] daemons, string what)
    {
        if (rivals.FindEnabled(daemons) is not { } rival)
        {
            return true;
        }

        invocation.Info($"{rival.Name}.service is enabled and has {what}; nothing is generated of that.");
        return false;
    }

    private static bool Write(GeneratorInvocation invocation, List<CronUnit> units)
    {
        var good = true;
        foreach (var (unit, wantedBy) in units)
        {
            good &= invocation.Write(invocation.Normal, unit.Name, unit.Text)
                && (wantedBy is null || invocation.Link(invocation.Normal, wantedBy, "wants", unit.Name));
        }

        return good;
    }
}
