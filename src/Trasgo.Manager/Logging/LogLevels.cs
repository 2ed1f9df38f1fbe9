using Trasgo.Engine.Units;

namespace Trasgo.Manager;

/// <summary>The words for log levels and targets (systemd(1), --log-level= and --log-target=).</summary>
internal static class LogLevels
{
    private static readonly string[] s_names = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    private static readonly string[] s_targets =
        ["console", "console-prefixed", "kmsg", "journal", "journal-or-kmsg", "syslog", "syslog-or-kmsg", "auto", "null"];

    public static string Name(LogLevel level) => s_names[(int)level];

    /// <summary>A name or a number from 0 to 7.</summary>
    public static bool TryParse(string text, out LogLevel level)
    {
        var index = text is [>= '0' and <= '7'] ? text[0] - '0' : Array.IndexOf(s_names, text);
        level = (LogLevel)Math.Max(index, 0);
        return index >= 0;
    }

    public static bool IsTarget(string text) => Array.IndexOf(s_targets, text) >= 0;
}
