namespace Trasgo.Engine.Units;

/// <summary>Why a timer ended; its Result= property.</summary>
internal enum TimerResult
{
    Success,
    Resources,
    StartLimitHit,
}

internal static class TimerResults
{
    public static string Name(this TimerResult result) => result switch
    {
        TimerResult.Success => "success",
        TimerResult.Resources => "resources",
        TimerResult.StartLimitHit => "start-limit-hit",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, message: null),
    };
}
