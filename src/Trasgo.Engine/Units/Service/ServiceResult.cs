namespace Trasgo.Engine.Units;

/// <summary>Why a service ended as it did; the Result= property (systemd.exec(5), $SERVICE_RESULT).</summary>
internal enum ServiceResult
{
    Success,
    Resources,
    Protocol,
    Timeout,
    ExitCode,
    Signal,
    CoreDump,
    Watchdog,
    StartLimitHit,
    OomKill,
    ExecCondition,
}

internal static class ServiceResults
{
    public static string Name(this ServiceResult result) => result switch
    {
        ServiceResult.Success => "success",
        ServiceResult.Resources => "resources",
        ServiceResult.Protocol => "protocol",
        ServiceResult.Timeout => "timeout",
        ServiceResult.ExitCode => "exit-code",
        ServiceResult.Signal => "signal",
        ServiceResult.CoreDump => "core-dump",
        ServiceResult.Watchdog => "watchdog",
        ServiceResult.StartLimitHit => "start-limit-hit",
        ServiceResult.OomKill => "oom-kill",
        ServiceResult.ExecCondition => "exec-condition",
        _ => throw new ArgumentOutOfRangeException(nameof(result), result, message: null),
    };
}
