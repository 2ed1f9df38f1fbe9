namespace Trasgo.Daemon;

/// <summary>What becomes of a message that has several lines. Trailing line breaks are always taken away.</summary>
public enum SyslogLineBreaks
{
    /// <summary>Each line is a message of its own, as logger(1) does it; empty lines are left out.</summary>
    Split = 0,

    /// <summary>
    /// It stays one message, and a line break is written as <c>#012</c>, a carriage return as <c>#015</c>: the form in which
    /// rsyslogd stores them.
    /// </summary>
    Escape = 1,

    /// <summary>
    /// The message is sent as it is. The journal stores it as one entry of several lines; a receiver that takes a line break for the end of a
    /// message (RFC 6587, section 3.4.2) does not.
    /// </summary>
    Keep = 2,
}
