using Trasgo.UnitFiles.Writing;

namespace Trasgo.Cron;

/// <summary>One line of a crontab: what is run, as whom, and when.</summary>
internal sealed record CronJob
{
    public required SourceLine Source { get; init; }

    /// <summary>Null for "@reboot".</summary>
    public CronSchedule? Schedule { get; init; }

    public required string User { get; init; }

    /// <summary>For $SHELL -c, as written but for "\%".</summary>
    public required string Command { get; init; }

    /// <summary>What the command reads from its standard input: the part behind the first "%"; null where there is none.</summary>
    public string? Input { get; init; }

    /// <summary>The variables that were set above the line.</summary>
    public required CronEnvironment Environment { get; init; }
}
