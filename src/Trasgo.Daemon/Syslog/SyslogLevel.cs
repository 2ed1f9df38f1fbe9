namespace Trasgo.Daemon;

/// <summary>
/// How important a message is: the levels of syslog(3), with the numbers of RFC 5424, table 2. The lower the number, the more
/// important the message; the journal calls the same number PRIORITY= (systemd.journal-fields(7)).
/// </summary>
public enum SyslogLevel
{
    /// <summary>LOG_EMERG, 0: the system is unusable. Log daemons may show it on every terminal.</summary>
    Emergency = 0,

    /// <summary>LOG_ALERT, 1: somebody must act at once.</summary>
    Alert = 1,

    /// <summary>LOG_CRIT, 2: critical conditions.</summary>
    Critical = 2,

    /// <summary>LOG_ERR, 3: error conditions.</summary>
    Error = 3,

    /// <summary>LOG_WARNING, 4: warning conditions.</summary>
    Warning = 4,

    /// <summary>LOG_NOTICE, 5: normal, but significant.</summary>
    Notice = 5,

    /// <summary>LOG_INFO, 6: informational.</summary>
    Informational = 6,

    /// <summary>LOG_DEBUG, 7: messages for those who look for a bug.</summary>
    Debug = 7,
}
