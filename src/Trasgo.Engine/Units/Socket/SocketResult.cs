namespace Trasgo.Engine.Units;

/// <summary>Why a socket ended as it did; the Result= property.</summary>
internal enum SocketResult
{
    Success,
    Resources,
    Timeout,
    ExitCode,
    Signal,
    CoreDump,
    StartLimitHit,
    TriggerLimitHit,
    ServiceStartLimitHit,
}

internal static class SocketResults
{
    public static string Name(this SocketResult result) => result switch
    {
        SocketResult.Success => "success",
        SocketResult.Resources => "resources",
        SocketResult.Timeout => "timeout",
        SocketResult.ExitCode => "exit-code",
        SocketResult.Signal => "signal",
        SocketResult.CoreDump => "core-dump",
        SocketResult.StartLimitHit => "start-limit-hit",
        SocketResult.TriggerLimitHit => "trigger-limit-hit",
        SocketResult.ServiceStartLimitHit => "service-start-limit-hit",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, message: null),
    };
}
