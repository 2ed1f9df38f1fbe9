namespace Trasgo.Linux;

/// <summary>Signal names as systemd spells them: "TERM" without prefix, real-time ones as "RTMIN+3".</summary>
internal static class SignalNames
{
    private static readonly string[] s_names =
    [
        string.Empty, "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>"TERM", "RTMIN", "RTMIN+3"; the plain number for what has no name.</summary>
    public static string Short(int signo) => signo switch
    {
        > 0 and < 32 => s_names[signo],
        Signo.SIGRTMIN => "RTMIN",
        > Signo.SIGRTMIN and <= Signo.SIGRTMAX => $"RTMIN+{signo - Signo.SIGRTMIN}",
        _ => $"{signo}",
    };

    public static string Long(int signo) => Short(signo) is [>= 'A', ..] name ? $"SIG{name}" : $"{signo}";

    /// <summary>Takes a number, and a name with or without SIG, RTMIN+n and RTMAX-n included.</summary>
    public static bool TryParse(string text, out int signo)
    {
        if (int.TryParse(text, System.Globalization.NumberStyles.None, null, out signo))
        {
            return signo is > 0 and <= SignalSet.Count;
        }

        var name = text.StartsWith("SIG", StringComparison.Ordinal) ? text.AsSpan(3) : text;
        signo = Number(name);
        return signo > 0;
    }

    private static int Number(ReadOnlySpan<char> name)
    {
        for (var i = 1; i < s_names.Length; i++)
        {
            if (name.SequenceEqual(s_names[i]))
            {
                return i;
            }
        }

        return name switch
        {
            "POLL" => Signo.SIGIO,
            "IOT" => Signo.SIGABRT,
            "CLD" => Signo.SIGCHLD,
            "RTMIN" => Signo.SIGRTMIN,
            "RTMAX" => Signo.SIGRTMAX,
            ['R', 'T', 'M', 'I', 'N', '+', .. var above] => InRange(Offset(above), Signo.SIGRTMIN, 1),
            ['R', 'T', 'M', 'A', 'X', '-', .. var below] => InRange(Offset(below), Signo.SIGRTMAX, -1),
            _ => 0,
        };
    }

    private static int Offset(ReadOnlySpan<char> text) =>
        int.TryParse(text, System.Globalization.NumberStyles.None, null, out var value) ? value : -1;

    private static int InRange(int offset, int start, int sign) =>
        offset is >= 0 and <= Signo.SIGRTMAX - Signo.SIGRTMIN ? start + (sign * offset) : 0;
}
