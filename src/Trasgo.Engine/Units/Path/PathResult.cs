namespace Trasgo.Engine.Units;

/// <summary>Why a path unit ended; its Result= property.</summary>
internal enum PathResult
{
    Success,
    Resources,
    StartLimitHit,
    UnitStartLimitHit,
    TriggerLimitHit,
}

internal static class PathResults
{
    public static string Name(this PathResult result) => result switch
    {
        PathResult.Success => "success",
        PathResult.Resources => "resources",
        PathResult.StartLimitHit => "start-limit-hit",
        PathResult.UnitStartLimitHit => "unit-start-limit-hit",
        PathResult.TriggerLimitHit => "trigger-limit-hit",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, message: null),
    };
}
