namespace Trasgo.Engine.Units;

/// <summary>Why a scope ended; its Result= property.</summary>
internal enum ScopeResult
{
    Success,
    Resources,
    Timeout,
}

internal static class ScopeResults
{
    public static string Name(this ScopeResult result) => result switch
    {
        ScopeResult.Success => "success",
        ScopeResult.Resources => "resources",
        ScopeResult.Timeout => "timeout",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, message: null),
    };
}
