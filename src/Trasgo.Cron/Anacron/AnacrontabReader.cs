using System.Globalization;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Writing;

namespace Trasgo.Cron;

/// <summary>Reads /etc/anacrontab (anacrontab(5)): variables, and lines of a period in days, a delay in minutes, a name and a command.</summary>
internal sealed class AnacrontabReader(string file, IDiagnostics sink)
{
    private const int MostDays = 366;
    private const int MostMinutes = 24 * 60;
    private const int MostJobs = 1000;

    private static readonly string[] s_words = ["@daily", "@weekly", "@monthly", "@yearly", "@annually"];

    private readonly CronEnvironment _environment = new();
    private readonly List<AnacronJob> _jobs = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _line;

    public List<AnacronJob> Read(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length && _jobs.Count < MostJobs; i++)
        {
            _line = i + 1;
            var line = lines[i].Trim(' ', '\t');

            // anacron goes on with the next line behind a backslash.
            while (line.EndsWith('\\') && i + 1 < lines.Length && line.Length < 10_000)
            {
                line = line[..^1] + lines[++i].TrimEnd(' ', '\t');
            }

            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line.AsSpan().ContainsAny('\0', '\r'))
            {
                Warn("there is a NUL or a carriage return in the line, it is ignored");
            }
            else if (!CronEnvironment.TryParse(line, out var name, out var value))
            {
                ReadJob(line);
            }
            else if (CronEnvironment.IsName(name))
            {
                _environment.Set(name, value);
            }
            else
            {
                Warn($"'{name}' is no name of a variable, ignored");
            }
        }

        return _jobs;
    }

    /// <summary>START_HOURS_RANGE: the hour from which on jobs may start.</summary>
    public static int StartHour(CronEnvironment environment) =>
        environment["START_HOURS_RANGE"]?.Split('-') is [var from, _] && TryNumber(from, 23, out var hour) ? hour : 0;

    /// <summary>RANDOM_DELAY, in minutes.</summary>
    public static int RandomDelay(CronEnvironment environment) =>
        environment["RANDOM_DELAY"] is { } text && TryNumber(text, MostMinutes, out var minutes) ? minutes : 0;

    private void ReadJob(string line)
    {
        var words = line.Split([' ', '\t'], 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 4)
        {
            Warn("the line has no period, delay, name and command, it is ignored");
            return;
        }

        var isWord = Array.IndexOf(s_words, words[0]) >= 0;
        var period = 0;
        if (!isWord && (!TryNumber(words[0], MostDays, out period) || period == 0))
        {
            Warn($"bad period '{words[0]}', the line is ignored");
        }
        else if (!TryNumber(words[1], MostMinutes, out var delay))
        {
            Warn($"bad delay '{words[1]}', the line is ignored");
        }
        else if (_environment["SHELL"] is not { } shell || !UnitLine.IsProgram(shell))
        {
            Warn($"SHELL= is no path of a program, the line is ignored: {_environment["SHELL"]}");
        }
        else if (!_names.Add(words[2]))
        {
            Warn($"there is a job '{words[2]}' already, the line is ignored");
        }
        else
        {
            _jobs.Add(new AnacronJob(
                new SourceLine(file, _line, line), period, isWord ? words[0][1..] : "", delay, words[2], words[3], _environment.Copy()));
        }
    }

    private static bool TryNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;

    private void Warn(string message) => sink.Add(new Diagnostic(Severity.Warning, null, file, _line, null, message));
}
