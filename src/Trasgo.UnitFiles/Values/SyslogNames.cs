using System.Globalization;

namespace Trasgo.UnitFiles.Values;

/// <summary>The levels and facilities of syslog(3).</summary>
internal static class SyslogNames
{
    private static readonly string[] s_levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    private static readonly string?[] s_facilities =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", null, null, null,
        null, "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    public static string Level(int level) => (uint)level < (uint)s_levels.Length ? s_levels[level] : "";

    public static bool TryLevel(string text, out int level) => TryName(s_levels, text, 7, out level);

    public static string Facility(int facility) =>
        (uint)facility < (uint)s_facilities.Length && s_facilities[facility] is { } name ? name : facility.ToString(CultureInfo.InvariantCulture);

    public static bool TryFacility(string text, out int facility) => TryName(s_facilities, text, 127, out facility);

    private static bool TryName(string?[] names, string text, int most, out int value)
    {
        value = text.Length == 0 ? -1 : Array.IndexOf(names, text);
        return value >= 0 || (Numbers.TryInt32(text, out value) && value >= 0 && value <= most);
    }
}
