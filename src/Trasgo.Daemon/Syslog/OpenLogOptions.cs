namespace Trasgo.Daemon;

/// <summary>The option argument of openlog(3). The numbers are those of the C library.</summary>
[Flags]
public enum OpenLogOptions
{
    /// <summary>No process ID; the log daemon is looked for when the first message is sent (LOG_ODELAY).</summary>
    None = 0,

    /// <summary>LOG_PID: each message carries the process ID.</summary>
    ProcessId = 0x01,

    /// <summary>LOG_CONS: what cannot be sent to the log daemon is written to <c>/dev/console</c>.</summary>
    Console = 0x02,

    /// <summary>
    /// LOG_NDELAY: the connection is opened at once, so before a program changes its root directory. A log daemon that is not
    /// there is no error even then: it is looked for again with each message.
    /// </summary>
    NoDelay = 0x08,

    /// <summary>LOG_PERROR: each message is written to standard error as well, also if it cannot be sent.</summary>
    StandardError = 0x20,
}

internal static class OpenLogOptionsExtensions
{
    /// <summary>HasFlag() without the two objects that it makes where the compiler does not optimize.</summary>
    public static bool Has(this OpenLogOptions options, OpenLogOptions option) => (options & option) != 0;
}
