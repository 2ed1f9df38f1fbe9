using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Reads one Exec*= line, which may hold several commands between lone semicolons: systemd.service(5), "COMMAND LINES". A
/// line that is wrong makes the unit bad-setting unless its first prefix says that failure is to be ignored; commands before
/// the offence stay.
/// </summary>
internal ref struct CommandLine(string text, ParseContext context)
{
    private const ExtractFlags Words = ExtractFlags.Unquote | ExtractFlags.CUnescape;

    private static readonly (ExecCommandFlags Flag, string Name, string Prefix)[] s_flags =
    [
        (ExecCommandFlags.IgnoreFailure, "ignore-failure", "-"),
        (ExecCommandFlags.FullyPrivileged, "privileged", "+"),
        (ExecCommandFlags.NoSetUid, "no-setuid", "!"),
        (ExecCommandFlags.AmbientMagic, "ambient", "!!"),
        (ExecCommandFlags.NoEnvExpand, "no-env-expand", ":"),
    ];

    private int _position;
    private bool _ignore;

    /// <summary>The words for flags that ExecStartEx and its kin show.</summary>
    public static List<string> FlagNames(ExecCommandFlags flags)
    {
        var names = new List<string>();
        foreach (var (flag, name, _) in s_flags)
        {
            if (flags.HasFlag(flag))
            {
                names.Add(name);
            }
        }

        return names;
    }

    public static bool TryFlag(string name, ref ExecCommandFlags flags)
    {
        foreach (var (flag, word, _) in s_flags)
        {
            if (string.Equals(word, name, StringComparison.Ordinal))
            {
                flags |= flag;
                return true;
            }
        }

        return false;
    }

    public static string Format(ExecCommand command)
    {
        var prefix = "";
        foreach (var (flag, _, character) in s_flags)
        {
            prefix += command.Flags.HasFlag(flag) ? character : "";
        }

        var path = WordText.EscapeSpecifiers(command.Path);
        var plain = !path.AsSpan().ContainsAny(" \t\"'\\") && CEscape.Encode(path) == path;
        var argv = string.Join(' ', command.Argv.Select(static word => WordText.QuoteC(WordText.EscapeSpecifiers(word))));
        return command.Argv.Length > 0 && string.Equals(command.Argv[0], command.Path, StringComparison.Ordinal)
            ? prefix + argv
            : $"{prefix}@{(plain ? path : WordText.QuoteC(path))} {argv}";
    }

    public void Parse(List<ExecCommand> commands)
    {
        while (ParseCommand(commands))
        {
        }
    }

    private static string TakePrefixes(string word, out ExecCommandFlags flags, out bool ownArgv0)
    {
        flags = ExecCommandFlags.None;
        ownArgv0 = false;
        const ExecCommandFlags Privileges = ExecCommandFlags.FullyPrivileged | ExecCommandFlags.NoSetUid | ExecCommandFlags.AmbientMagic;
        var i = 0;
        for (; i < word.Length; i++)
        {
            var free = (flags & Privileges) == ExecCommandFlags.None;
            switch (word[i])
            {
                case '-' when !flags.HasFlag(ExecCommandFlags.IgnoreFailure):
                    flags |= ExecCommandFlags.IgnoreFailure;
                    continue;
                case '@' when !ownArgv0:
                    ownArgv0 = true;
                    continue;
                case ':' when !flags.HasFlag(ExecCommandFlags.NoEnvExpand):
                    flags |= ExecCommandFlags.NoEnvExpand;
                    continue;
                case '+' when free:
                    flags |= ExecCommandFlags.FullyPrivileged;
                    continue;
                case '!' when free:
                    flags |= ExecCommandFlags.NoSetUid;
                    continue;
                case '!' when (flags & Privileges) == ExecCommandFlags.NoSetUid:
                    flags = (flags & ~ExecCommandFlags.NoSetUid) | ExecCommandFlags.AmbientMagic;
                    continue;
                default:
                    return word[i..];
            }
        }

        return "";
    }

    private static string? PathProblem(string path) =>
        path.Length == 0 ? "has no path"
        : !NameRules.IsSafeString(path) ? "has special characters in the name of its executable"
        : path.EndsWith('/') ? "has a directory for its executable"
        : (PathText.IsAbsolute(path) ? HasValidLengths(path) : Paths.IsFileName(path)) ? null
        : "has neither an absolute path nor the name of an executable";

    private static bool HasValidLengths(string path)
    {
        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(range).Length > PathText.MaxComponent)
            {
                return false;
            }
        }

        return path.Length <= PathText.MaxPath;
    }

    /// <summary>True if a semicolon announces another command.</summary>
    private bool ParseCommand(List<ExecCommand> commands)
    {
        _ignore = false;

        // systemd merely drops a line whose very first word cannot be read.
        if (TakeWord(out var first) != ExtractResult.Word)
        {
            return false;
        }

        if (first is ";")
        {
            return true;
        }

        var rest = TakePrefixes(first, out var flags, out var ownArgv0);
        _ignore = flags.HasFlag(ExecCommandFlags.IgnoreFailure);
        if (!context.TryExpand(rest, out var path, out var problem, Specifier.MaxPath))
        {
            return Fail(problem, rest);
        }

        if (PathProblem(path) is { } wrong)
        {
            return Fail(wrong, path.Length == 0 ? text : path);
        }

        var argv = new List<string>();
        if (!ownArgv0)
        {
            argv.Add(path);
        }

        if (!TakeArguments(argv, out var another))
        {
            return false;
        }

        if (argv.Count == 0)
        {
            return Fail("has no name for its executable to run under", text);
        }

        commands.Add(new ExecCommand(PathText.Simplify(path), [.. argv], flags));
        return another;
    }

    private bool TakeArguments(List<string> argv, out bool another)
    {
        another = false;
        while (_position >= 0 && _position < text.Length)
        {
            // Only an unquoted, lone semicolon separates, and only a lone "\;" stands for one.
            if (IsLone(";"))
            {
                Skip(1);
                another = true;
                return true;
            }

            if (IsLone("\\;"))
            {
                Skip(2);
                argv.Add(";");
                continue;
            }

            var result = TakeWord(out var word);
            if (result != ExtractResult.Word)
            {
                return result == ExtractResult.End || Fail("has invalid quoting", text);
            }

            if (!context.TryExpand(word, out var expanded, out var problem))
            {
                return Fail(problem, word);
            }

            argv.Add(expanded);
        }

        return true;
    }

    private ExtractResult TakeWord(out string word)
    {
        var target = context;
        return Quoting.ExtractWordAndWarn(text, ref _position, out word, Words, target.Report);
    }

    private readonly bool IsLone(string token) =>
        text.AsSpan(_position).StartsWith(token, StringComparison.Ordinal)
        && (_position + token.Length == text.Length || Quoting.Whitespace.Contains(text[_position + token.Length], StringComparison.Ordinal));

    private void Skip(int length)
    {
        _position += length;
        while (_position < text.Length && Quoting.Whitespace.Contains(text[_position], StringComparison.Ordinal))
        {
            _position++;
        }
    }

    private readonly bool Fail(string problem, string value)
    {
        context.FailUnless(_ignore, problem, value);
        return false;
    }
}
