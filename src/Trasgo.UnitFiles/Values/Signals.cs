using System.Globalization;

namespace Trasgo.UnitFiles.Values;

/// <summary>Signal names and numbers of Linux on x86-64 and arm64, as signal(7) has them; real-time ones from the libc's 34.</summary>
internal static class Signals
{
    public const int RtMin = 34;
    public const int RtMax = 64;
    public const int Abort = 6;
    public const int Kill = 9;
    public const int Terminate = 15;

    private static readonly string[] s_names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR",
        "SYS",
    ];

    public static bool IsValid(int signal) => signal is > 0 and <= RtMax;

    /// <summary>A number, or a name with or without "SIG", including RTMIN+n and RTMAX-n.</summary>
    public static bool TryParse(string text, out int signal)
    {
        if (Numbers.TryInt32(text, out signal))
        {
            return IsValid(signal);
        }

        var name = text.StartsWith("SIG", StringComparison.Ordinal) ? text[3..] : text;
        signal = name.Length == 0 ? -1 : Array.IndexOf(s_names, name);
        return signal > 0 || TryRealTime(name, "RTMIN", '+', RtMin, ref signal) || TryRealTime(name, "RTMAX", '-', RtMax, ref signal);
    }

    /// <summary>"TERM", "RTMIN+3".</summary>
    public static string Name(int signal) => signal switch
    {
        > 0 when signal < s_names.Length => s_names[signal],
        >= RtMin and <= RtMax => string.Create(CultureInfo.InvariantCulture, $"RTMIN+{signal - RtMin}"),
        _ => signal.ToString(CultureInfo.InvariantCulture),
    };

    private static bool TryRealTime(string name, string word, char sign, int start, ref int signal)
    {
        if (!name.StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = name[word.Length..];
        var offset = 0;
        if (rest.Length > 0 && (rest[0] != sign || !Numbers.TryInt32(rest, out offset)))
        {
            return false;
        }

        signal = start + offset;
        return signal is >= RtMin and <= RtMax;
    }
}
