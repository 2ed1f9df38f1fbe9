using Microsoft.Extensions.Logging;

namespace Trasgo.Daemon.Extensions;

internal static partial class Notify
{
    /// <summary>A manager that cannot be told is a reason to log, and none to fail.</summary>
    public static void Safely(ILogger logger, Action tell)
    {
        try
        {
            tell();
        }
        catch (DaemonException e)
        {
            LogDeaf(logger, e);
        }
    }

    [LoggerMessage(10, LogLevel.Warning, "The service manager cannot be told")]
    private static partial void LogDeaf(ILogger logger, Exception exception);
}
