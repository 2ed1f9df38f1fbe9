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
    /// <summary>Null where the type of unit begins without a word: targets, slices, devices.</summary>
    public static string? Begun(Unit unit, JobType type) => (type, unit.Type) switch
    {
        (JobType.Start, UnitType.Service) => $"Starting {Ident(unit)}...",
        (JobType.Stop or JobType.Restart or JobType.TryRestart, UnitType.Service) => $"Stopping {Ident(unit)}...",
        (JobType.Start, UnitType.Mount) => $"Mounting {Ident(unit)}...",
        (JobType.Stop, UnitType.Mount) => $"Unmounting {Ident(unit)}...",
        (JobType.Start, UnitType.Swap) => $"Activating swap {Ident(unit)}...",
        (JobType.Stop, UnitType.Swap) => $"Deactivating swap {Ident(unit)}...",
        (JobType.Reload or JobType.ReloadOrStart or JobType.TryReload, _) => $"Reloading {Ident(unit)}...",
        _ => null,
    };

    public static string? Ended(Unit unit, JobType type, JobResult result) => type switch
    {
        JobType.Start => EndedStart(unit, result),
        JobType.Stop or JobType.Restart or JobType.TryRestart => EndedStop(unit, result),
        JobType.Reload or JobType.ReloadOrStart or JobType.TryReload => EndedReload(unit, result),
        _ => null,
    };

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

    private static string? EndedStart(Unit unit, JobResult result)
    {
        var ident = Ident(unit);
        return result switch
        {
            JobResult.Done => unit.Type switch
            {
                UnitType.Service when unit is Service { Settings.Type: ServiceType.Oneshot } => $"Finished {ident}.",
                UnitType.Target => $"Reached target {ident}.",
                UnitType.Slice => $"Created slice {ident}.",
                UnitType.Mount => $"Mounted {ident}.",
                UnitType.Socket => $"Listening on {ident}.",
                UnitType.Swap => $"Activated swap {ident}.",
                UnitType.Automount => $"Set up automount {ident}.",
                UnitType.Device => $"Found device {ident}.",
                _ => $"Started {ident}.",
            },
            JobResult.Timeout => unit.Type == UnitType.Device ? $"Timed out waiting for device {ident}." : $"Timed out starting {ident}.",
            JobResult.Failed => $"Failed to start {ident}.",
            JobResult.Dependency => $"Dependency failed for {ident}.",
            JobResult.Assert => $"Assertion failed for {ident}.",
            JobResult.Unsupported => $"Starting of {ident} unsupported.",
            JobResult.Collected => $"Unnecessary job was removed for {ident}.",
            JobResult.Once => $"Unit {ident} has been started before and cannot be started again.",
            _ => null,
        };
    }

    private static string? EndedStop(Unit unit, JobResult result)
    {
        var ident = Ident(unit);
        return result switch
        {
            JobResult.Done => unit.Type switch
            {
                UnitType.Target => $"Stopped target {ident}.",
                UnitType.Slice => $"Removed slice {ident}.",
                UnitType.Mount => $"Unmounted {ident}.",
                UnitType.Socket => $"Closed {ident}.",
                UnitType.Swap => $"Deactivated swap {ident}.",
                UnitType.Automount => $"Unset automount {ident}.",
                _ => $"Stopped {ident}.",
            },
            JobResult.Failed => $"Stopped (with error) {ident}.",
            JobResult.Timeout => $"Timed out stopping {ident}.",
            _ => null,
        };
    }

    private static string? EndedReload(Unit unit, JobResult result) => result switch
    {
        JobResult.Done => $"Reloaded {Ident(unit)}.",
        JobResult.Failed => $"Reload failed for {Ident(unit)}.",
        JobResult.Timeout => $"Timed out reloading {Ident(unit)}.",
        _ => null,
    };
}
