namespace Trasgo.Daemon.Extensions;

/// <summary>Where log messages go.</summary>
public enum TrasgoLogTarget
{
    /// <summary>
    /// What is there when the provider is made: the journal; otherwise the log daemon at <c>/dev/log</c>; otherwise standard error, with levels
    /// in front of the lines.
    /// </summary>
    Automatic = 0,

    /// <summary>The journal, with its native protocol: categories, event IDs, exceptions and the values of a message are fields of their own.</summary>
    Journal = 1,

    /// <summary>syslog(3): the log daemon of this host, or the collector that <see cref="TrasgoLoggerOptions.Endpoint"/> names.</summary>
    Syslog = 2,

    /// <summary>Standard error, each line with its level in front, <c>&lt;3&gt;text</c> (sd-daemon(3)).</summary>
    StandardError = 3,
}
