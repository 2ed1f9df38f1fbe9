using System.Text;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Writing;

namespace Trasgo.Cron;

/// <summary>
/// Reads a crontab as Debian's cron does (crontab(5)). A line that cannot be read is told, with file and number, and is no job; the others are.
/// </summary>
/// <param name="user">Whose table it is; null for a table of the system, in which a user is named in each line.</param>
internal sealed class CrontabReader(string file, string? user, IDiagnostics sink)
{
    /// <summary>cron's own limits.</summary>
    private const int MostCommand = 998;

    private const int MostJobs = 1000;

    private readonly CronEnvironment _environment = new();
    private readonly List<CronJob> _jobs = [];
    private int _line;

    public List<CronJob> Read(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            _line = i + 1;
            var line = lines[i].TrimStart(' ', '\t');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (i == lines.Length - 1)
            {
                // It may have been cut off in the middle of its command. cron ignores the whole file then.
                Warn("the last line does not end, it is ignored");
            }
            else if (_jobs.Count == MostJobs)
            {
                Warn($"more than {MostJobs} jobs, the rest of the file is ignored");
                break;
            }
            else if (line.AsSpan().ContainsAny('\0', '\r'))
            {
                Warn("there is a NUL or a carriage return in the line, it is ignored");
            }
            else
            {
                ReadLine(line);
            }
        }

        return _jobs;
    }

    private void ReadLine(string line)
    {
        if (!CronEnvironment.TryParse(line, out var name, out var value))
        {
            ReadJob(line);
        }
        else if (!CronEnvironment.IsName(name))
        {
            Warn($"'{name}' is no name of a variable, ignored");
        }
        else if (name == "LOGNAME")
        {
            Warn("LOGNAME= may not be changed, ignored");
        }
        else
        {
            _environment.Set(name, value);
        }
    }

    private void ReadJob(string line)
    {
        var rest = line.AsSpan();
        CronSchedule? schedule = null;
        if (rest[0] == '@')
        {
            var word = TakeWord(ref rest);
            schedule = CronSchedule.OfWord(word);
            if (schedule is null && word != "@reboot")
            {
                Warn($"'{word}' is no time, the line is ignored");
                return;
            }
        }
        else
        {
            string[] fields = [TakeWord(ref rest), TakeWord(ref rest), TakeWord(ref rest), TakeWord(ref rest), TakeWord(ref rest)];
            if (!CronSchedule.TryParse(fields, out schedule, out var bad))
            {
                Warn($"bad {Name(bad)} '{fields[(int)bad]}', the line is ignored");
                return;
            }
        }

        var runAs = user ?? TakeWord(ref rest);
        if (!IsUser(runAs))
        {
            Warn($"bad username '{runAs}', the line is ignored");
            return;
        }

        AddJob(line, schedule, runAs, rest.ToString());
    }

    private void AddJob(string line, CronSchedule? schedule, string runAs, string command)
    {
        if (command.Length is 0 or > MostCommand)
        {
            Warn(command.Length == 0 ? "there is no command, the line is ignored" : "the command is too long, the line is ignored");
            return;
        }

        if (_environment["SHELL"] is not { } shell || !UnitLine.IsProgram(shell))
        {
            Warn($"SHELL= is no path of a program, the line is ignored: {_environment["SHELL"]}");
            return;
        }

        SplitInput(command, out var program, out var input);
        _jobs.Add(new CronJob
        {
            Source = new SourceLine(file, _line, line),
            Schedule = schedule,
            User = runAs,
            Command = program,
            Input = input,
            Environment = _environment.Copy(),
        });
    }

    /// <summary>
    /// What stands behind the first "%" is standard input, in which each further one is a line break, and which ends with one. "\%" is a
    /// percent sign, and in the command, but not in its input, "\\" is a backslash.
    /// </summary>
    private static void SplitInput(string text, out string command, out string? input)
    {
        var current = new StringBuilder();
        string? found = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && (text[i + 1] == '%' || (text[i + 1] == '\\' && found is null)))
            {
                current.Append(text[++i]);
            }
            else if (text[i] != '%')
            {
                current.Append(text[i]);
            }
            else if (found is null)
            {
                found = current.ToString();
                current.Clear();
            }
            else
            {
                current.Append('\n');
            }
        }

        command = found ?? current.ToString();
        input = found is null ? null : current.Length > 0 && current[^1] != '\n' ? current.Append('\n').ToString() : current.ToString();
    }

    private static string TakeWord(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(' ', '\t');
        var word = (end < 0 ? rest : rest[..end]).ToString();
        rest = end < 0 ? [] : rest[end..].TrimStart(" \t");
        return word;
    }

    private static bool IsUser(string name) =>
        name.Length is > 0 and <= 255 && name[0] is not ('-' or '*') && !name.AsSpan().ContainsAny("/:%\"'\\");

    private static string Name(CronFieldKind field) => field switch
    {
        CronFieldKind.Minute => "minute",
        CronFieldKind.Hour => "hour",
        CronFieldKind.DayOfMonth => "day-of-month",
        CronFieldKind.Month => "month",
        _ => "day-of-week",
    };

    private void Warn(string message) => sink.Add(new Diagnostic(Severity.Warning, null, file, _line, null, message));
}
