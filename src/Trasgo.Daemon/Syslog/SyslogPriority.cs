namespace Trasgo.Daemon;

/// <summary>PRI of RFC 3164 and RFC 5424: eight times the facility, plus the level.</summary>
internal static class SyslogPriority
{
    public static int Of(SyslogFacility facility, SyslogLevel level) => ((int)facility << 3) | (int)level;

    public static int Check(SyslogLevel level)
    {
        if (level is < SyslogLevel.Emergency or > SyslogLevel.Debug)
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "not a level of syslog(3)");
        }

        return (int)level;
    }

    public static SyslogFacility Check(SyslogFacility facility)
    {
        if (facility is < SyslogFacility.Kernel or > SyslogFacility.Local7)
        {
            throw new ArgumentOutOfRangeException(nameof(facility), facility, "not a facility of syslog(3)");
        }

        // syslog(3): LOG_KERN cannot be sent by a program of a user; the C library sends LOG_USER in its place.
        return facility == SyslogFacility.Kernel ? SyslogFacility.User : facility;
    }
}
