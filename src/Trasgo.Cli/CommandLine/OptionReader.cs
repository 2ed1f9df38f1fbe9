namespace Trasgo.Cli.CommandLine;

/// <summary>
/// Reads a command line as getopt_long(3) of glibc does, since that is what the commands we stand in for do: options and
/// operands in any order, long options abbreviated to a unique prefix, short options run together (<c>-aqn5</c>), <c>--</c>
/// ends the options, and <c>$POSIXLY_CORRECT</c> or a leading <c>+</c> in the short options ends them at the first operand.
/// Its complaints have glibc's words and go to <paramref name="complain"/>.
/// </summary>
internal sealed class OptionReader(
    string program, string[] arguments, string shortOptions, LongOption[] longOptions, Action<string> complain)
{
    internal const int End = -1;
    internal const int Bad = '?';

    private readonly List<string> _operands = [];
    private readonly bool _operandsEndOptions =
        shortOptions.StartsWith('+') || Environment.GetEnvironmentVariable("POSIXLY_CORRECT") is not null;

    private int _word;
    private int _letter;

    /// <summary>The argument of the option that <see cref="Next"/> returned last.</summary>
    internal string? Argument { get; private set; }

    /// <summary>What is not an option, in order. Complete once <see cref="Next"/> has returned <see cref="End"/>.</summary>
    internal string[] Operands => [.. _operands];

    internal int Next()
    {
        Argument = null;
        if (_letter > 0)
        {
            return NextLetter(arguments[_word]);
        }

        for (; _word < arguments.Length; _word++)
        {
            var word = arguments[_word];
            if (word == "--")
            {
                _word++;
                break;
            }

            if (word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal))
            {
                _word++;
                return Long(word);
            }

            if (word.Length > 1 && word[0] == '-')
            {
                _letter = 1;
                return NextLetter(word);
            }

            if (_operandsEndOptions)
            {
                break;
            }

            _operands.Add(word);
        }

        _operands.AddRange(arguments.AsSpan(Math.Min(_word, arguments.Length)));
        _word = arguments.Length;
        return End;
    }

    private int Long(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word[2..] : word[2..equals];
        var given = equals < 0 ? null : word[(equals + 1)..];
        if (!Match(name, word, out var option))
        {
            return Bad;
        }

        if (option.Argument == OptionArgument.None && given is not null)
        {
            return Complain($"option '--{option.Name}' doesn't allow an argument");
        }

        if (option.Argument == OptionArgument.Required && given is null)
        {
            if (_word >= arguments.Length)
            {
                return Complain($"option '--{option.Name}' requires an argument");
            }

            given = arguments[_word++];
        }

        Argument = given;
        return option.Value;
    }

    // A prefix that several options share is still good when they all mean the same.
    private bool Match(string name, string word, out LongOption match)
    {
        var candidates = new List<LongOption>();
        foreach (var option in longOptions)
        {
            if (option.Name == name)
            {
                match = option;
                return true;
            }

            if (option.Name.StartsWith(name, StringComparison.Ordinal))
            {
                candidates.Add(option);
            }
        }

        match = candidates.Count > 0 ? candidates[0] : default;
        if (candidates.Count == 0)
        {
            _ = Complain($"unrecognized option '{word}'");
            return false;
        }

        foreach (var other in candidates)
        {
            if (other.Value != match.Value || other.Argument != match.Argument)
            {
                var names = string.Join(' ', candidates.ConvertAll(static option => $"'--{option.Name}'"));
                _ = Complain($"option '{word}' is ambiguous; possibilities: {names}");
                return false;
            }
        }

        return true;
    }

    private int NextLetter(string word)
    {
        var letter = word[_letter++];
        var isLast = _letter >= word.Length;
        var at = letter is ':' or '+' ? -1 : shortOptions.IndexOf(letter, StringComparison.Ordinal);
        var takes = at >= 0 && at + 1 < shortOptions.Length && shortOptions[at + 1] == ':';
        var optional = takes && at + 2 < shortOptions.Length && shortOptions[at + 2] == ':';
        if (takes)
        {
            Argument = isLast ? null : word[_letter..];
        }

        if (isLast || takes)
        {
            _letter = 0;
            _word++;
        }

        if (at < 0)
        {
            return Complain($"invalid option -- '{letter}'");
        }

        if (takes && !optional && Argument is null)
        {
            if (_word >= arguments.Length)
            {
                return Complain($"option requires an argument -- '{letter}'");
            }

            Argument = arguments[_word++];
        }

        return letter;
    }

    private int Complain(string message)
    {
        complain($"{program}: {message}");
        return Bad;
    }
}
