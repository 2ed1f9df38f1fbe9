using Trasgo.Engine.Jobs;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>Jobs that nobody asked for. Two settings that undo each other must not keep the manager busy for ever.</summary>
internal static class AutomaticJob
{
    /// <summary>systemd's limit: 16 in 10 s for a unit.</summary>
    public const uint Burst = 16;

    public const ulong IntervalUsec = 10_000_000;

    public static void Enqueue(Unit unit, JobType type, JobMode mode, string refusedText)
    {
        if (!unit.AutomaticJobLimit.TryPass(unit.Context.Loop.Now(Clock.Monotonic)))
        {
            unit.Log(LogLevel.Warning, $"{refusedText} since we tried this too often recently. Will retry later.");
            RetryLater(unit);
        }
        else if (unit.Context.AddJob(type, unit, mode) is { } refusal)
        {
            unit.Log(LogLevel.Warning, $"Failed to enqueue {type.Name()} job, ignoring: {refusal.Message}");
        }
    }

    /// <summary>Looks at the unit once more when the limit lets it through again.</summary>
    private static void RetryLater(Unit unit)
    {
        unit.AutomaticRetry ??= unit.Context.Loop.At(Clock.Monotonic, unit.AutomaticJobLimit.EndUsec + 1, () =>
        {
            unit.AutomaticRetry?.Dispose();
            unit.AutomaticRetry = null;
            var queues = unit.Context.Queues;
            queues.StopWhenUnneeded.Add(unit);
            queues.StartWhenUpheld.Add(unit);
            queues.StopWhenBound.Add(unit);
        });
    }
}
