using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager;

/// <summary>
/// The words in which the beginning and the end of jobs are told ("Started ...", "Reached target ..."); the same on the
/// console and in the log as systemd's, for people have scripts that look for them.
/// </summary>
internal static class JobMessages
{
    /// <summary>What is told when a unit is on its way.</summary>
    public static string? Begun(Unit unit, JobType type) => Say(unit, type switch
    {
        JobType.Start => JobWords.Of(unit).Starting,
        JobType.Stop or JobType.Restart or JobType.TryRestart => JobWords.Of(unit).Stopping,
        JobType.Reload or JobType.ReloadOrStart or JobType.TryReload => "Reloading %s...",
        _ => null,
    });

    /// <summary>What is told at the end; null for what nobody has to hear of.</summary>
    public static string? Ended(Unit unit, JobType type, JobResult result) => Say(unit, type switch
    {
        JobType.Start => EndedStart(JobWords.Of(unit), result),
        JobType.Stop or JobType.Restart or JobType.TryRestart => EndedStop(JobWords.Of(unit), result),
        JobType.Reload or JobType.ReloadOrStart or JobType.TryReload => EndedReload(result),
        JobType.VerifyActive when result == JobResult.Skipped => "%s is inactive.",
        _ => null,
    });

    /// <summary>The journal's identifier of such messages (journalctl --catalog); null where there is none.</summary>
    public static string? BegunId(JobType type) => type switch
    {
        JobType.Start => MessageIds.Starting,
        JobType.Stop or JobType.Restart or JobType.TryRestart => MessageIds.Stopping,
        JobType.Reload or JobType.ReloadOrStart or JobType.TryReload => MessageIds.Reloading,
        _ => null,
    };

    public static string? EndedId(JobType type, JobResult result) => (type, result) switch
    {
        (JobType.Start, JobResult.Done) => MessageIds.Started,
        (JobType.Start, _) => MessageIds.StartFailed,
        (JobType.Stop or JobType.Restart or JobType.TryRestart, _) => MessageIds.Stopped,
        (JobType.Reload or JobType.ReloadOrStart or JobType.TryReload, _) => MessageIds.Reloaded,
        _ => null,
    };

    /// <summary>How much what is told at the end matters.</summary>
    public static LogLevel Level(JobResult result) => result switch
    {
        JobResult.Failed or JobResult.Timeout or JobResult.Once => LogLevel.Error,
        JobResult.Dependency or JobResult.Assert or JobResult.Unsupported => LogLevel.Warning,
        JobResult.Skipped => LogLevel.Notice,
        _ => LogLevel.Info,
    };

    /// <summary>The tag before a line on the console, six columns wide, and its colour.</summary>
    public static (string Tag, string Colour) Tag(JobResult result) => result switch
    {
        JobResult.Done => ("  OK  ", "\e[0;1;32m"),
        JobResult.Timeout => (" TIME ", "\e[0;1;31m"),
        JobResult.Failed => ("FAILED", "\e[0;1;31m"),
        JobResult.Dependency => ("DEPEND", "\e[0;1;38;5;185m"),
        JobResult.Skipped => (" INFO ", "\e[0;1;39m"),
        JobResult.Assert => ("ASSERT", "\e[0;1;38;5;185m"),
        JobResult.Unsupported => ("UNSUPP", "\e[0;1;38;5;185m"),
        JobResult.Once => (" ONCE ", "\e[0;1;31m"),
        _ => ("      ", ""),
    };

    /// <summary>"cron.service - Regular background program processing daemon", or the name alone where there is no more.</summary>
    public static string Ident(Unit unit) =>
        unit.Config.Description is { Length: > 0 } text && text != unit.Id ? $"{unit.Id} - {text}" : unit.Id;

    private static string? Say(Unit unit, string? words) => words?.Replace("%s", Ident(unit), StringComparison.Ordinal);

    private static string? EndedStart(JobWords words, JobResult result) => result switch
    {
        JobResult.Done => words.Started,
        JobResult.Timeout => words.StartTimedOut,
        JobResult.Failed => words.StartFailed,
        JobResult.Dependency => "Dependency failed for %s.",
        JobResult.Assert => "Assertion failed for %s.",
        JobResult.Unsupported => "Starting of %s unsupported.",
        JobResult.Collected => "Unnecessary job was removed for %s.",
        JobResult.Once => "Unit %s has been started before and cannot be started again.",
        _ => null,
    };

    private static string? EndedStop(JobWords words, JobResult result) => result switch
    {
        JobResult.Done => words.Stopped,
        JobResult.Failed => words.StopFailed,
        JobResult.Timeout => words.StopTimedOut,
        _ => null,
    };

    private static string? EndedReload(JobResult result) => result switch
    {
        JobResult.Done => "Reloaded %s.",
        JobResult.Failed => "Reload failed for %s.",
        JobResult.Timeout => "Timed out reloading %s.",
        _ => null,
    };
}
