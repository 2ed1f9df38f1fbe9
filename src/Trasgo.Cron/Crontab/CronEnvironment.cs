namespace Trasgo.Cron;

/// <summary>The variables of a crontab, as they are at some line. What is set further down does not change what was taken for a job above.</summary>
internal sealed class CronEnvironment
{
    public const string DefaultShell = "/bin/sh";
    public const string DefaultPath = "/usr/bin:/bin";

    private readonly SortedDictionary<string, string> _variables = new(StringComparer.Ordinal);

    public CronEnvironment()
    {
        _variables["SHELL"] = DefaultShell;
        _variables["PATH"] = DefaultPath;
    }

    private CronEnvironment(CronEnvironment other)
    {
        _variables = new SortedDictionary<string, string>(other._variables, StringComparer.Ordinal);
    }

    public IEnumerable<KeyValuePair<string, string>> Variables => _variables;

    public string? this[string name] => _variables.GetValueOrDefault(name);

    public CronEnvironment Copy() => new(this);

    public void Set(string name, string value) => _variables[name] = value;

    /// <summary>
    /// "NAME = value", each of them in quotes or not. False where the line is none of that, and so a job.
    /// </summary>
    public static bool TryParse(string line, out string name, out string value)
    {
        value = "";
        var at = 0;
        if (!TakeWord(line, ref at, out name) || name.Length == 0)
        {
            return false;
        }

        SkipBlanks(line, ref at);
        if (at >= line.Length || line[at] != '=')
        {
            return false;
        }

        at++;
        SkipBlanks(line, ref at);
        if (at < line.Length && line[at] is '"' or '\'')
        {
            return TakeWord(line, ref at, out value) && line.AsSpan(at).Trim(" \t").IsEmpty;
        }

        value = line[at..].TrimEnd(' ', '\t');
        return true;
    }

    /// <summary>What the manager takes for the name of a variable (systemd.exec(5), Environment=).</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && !name.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static bool TakeWord(string line, ref int at, out string word)
    {
        if (at < line.Length && line[at] is '"' or '\'')
        {
            var close = line.IndexOf(line[at], at + 1);
            word = close < 0 ? "" : line[(at + 1)..close];
            at = close + 1;
            return close > 0;
        }

        var start = at;
        while (at < line.Length && line[at] is not ('=' or ' ' or '\t'))
        {
            at++;
        }

        word = line[start..at];
        return true;
    }

    private static void SkipBlanks(string line, ref int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
        {
            at++;
        }
    }
}
