namespace Trasgo.Daemon;

/// <summary>
/// Which kind of program speaks: the facilities of syslog(3), with the numbers of RFC 5424, table 1. Log daemons choose the
/// file a message goes to by it.
/// </summary>
public enum SyslogFacility
{
    /// <summary>LOG_KERN, 0: the kernel. The C library, and with it this one, never sends it: see <see cref="SyslogClientOptions.Facility"/>.</summary>
    Kernel = 0,

    /// <summary>LOG_USER, 1: programs of users; what syslog(3) takes where nothing is said.</summary>
    User = 1,

    /// <summary>LOG_MAIL, 2: the mail system.</summary>
    Mail = 2,

    /// <summary>LOG_DAEMON, 3: daemons that have no facility of their own.</summary>
    Daemon = 3,

    /// <summary>LOG_AUTH, 4: security and authorization.</summary>
    Authorization = 4,

    /// <summary>LOG_SYSLOG, 5: what the log daemon itself has to say.</summary>
    Syslog = 5,

    /// <summary>LOG_LPR, 6: printing.</summary>
    Printer = 6,

    /// <summary>LOG_NEWS, 7: network news.</summary>
    News = 7,

    /// <summary>LOG_UUCP, 8: UUCP.</summary>
    Uucp = 8,

    /// <summary>LOG_CRON, 9: clock daemons (cron and at).</summary>
    Cron = 9,

    /// <summary>LOG_AUTHPRIV, 10: security and authorization, not for everybody's eyes.</summary>
    AuthorizationPrivate = 10,

    /// <summary>LOG_FTP, 11: file transfer.</summary>
    Ftp = 11,

    /// <summary>12: network time (RFC 5424; syslog(3) has no name for it).</summary>
    Ntp = 12,

    /// <summary>13: log audit (RFC 5424; syslog(3) has no name for it).</summary>
    Audit = 13,

    /// <summary>14: log alert (RFC 5424; syslog(3) has no name for it).</summary>
    Alert = 14,

    /// <summary>15: a second clock daemon (RFC 5424; syslog(3) has no name for it).</summary>
    Clock = 15,

    /// <summary>LOG_LOCAL0, 16: for local use.</summary>
    Local0 = 16,

    /// <summary>LOG_LOCAL1, 17: for local use.</summary>
    Local1 = 17,

    /// <summary>LOG_LOCAL2, 18: for local use.</summary>
    Local2 = 18,

    /// <summary>LOG_LOCAL3, 19: for local use.</summary>
    Local3 = 19,

    /// <summary>LOG_LOCAL4, 20: for local use.</summary>
    Local4 = 20,

    /// <summary>LOG_LOCAL5, 21: for local use.</summary>
    Local5 = 21,

    /// <summary>LOG_LOCAL6, 22: for local use.</summary>
    Local6 = 22,

    /// <summary>LOG_LOCAL7, 23: for local use.</summary>
    Local7 = 23,
}
