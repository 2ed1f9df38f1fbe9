namespace Trasgo.Daemon;

/// <summary>What a message looks like on its way.</summary>
public enum SyslogFormat
{
    /// <summary>
    /// What the C library writes to <c>/dev/log</c>: <c>&lt;30&gt;Nov  1 12:00:00 name[42]: text</c>, local time, no host name. Every
    /// log daemon of a host understands it, the journal's too.
    /// </summary>
    Local = 0,

    /// <summary>
    /// The BSD format of RFC 3164, section 4: <c>&lt;30&gt;Nov  1 12:00:00 host name[42]: text</c>, local time. For network
    /// receivers that know nothing newer.
    /// </summary>
    Rfc3164 = 1,

    /// <summary>
    /// RFC 5424: <c>&lt;30&gt;1 2026-11-01T12:00:00.000000Z host name 42 - - text</c>, with a time of microseconds in UTC, a message
    /// ID and structured data.
    /// </summary>
    Rfc5424 = 2,
}
