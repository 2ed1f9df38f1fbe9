using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands;

/// <summary><c>trasgo escape</c>, systemd-escape(1): strings to what may stand in unit names, and back.</summary>
internal sealed class EscapeCommand
{
    private const int SuffixOption = 0x100;
    private const int TemplateOption = 0x101;
    private const int VersionOption = 0x102;

    private static readonly LongOption[] s_options =
    [
        new("help", OptionArgument.None, 'h'),
        new("version", OptionArgument.None, VersionOption),
        new("suffix", OptionArgument.Required, SuffixOption),
        new("template", OptionArgument.Required, TemplateOption),
        new("unescape", OptionArgument.None, 'u'),
        new("mangle", OptionArgument.None, 'm'),
        new("path", OptionArgument.None, 'p'),
        new("instance", OptionArgument.None, 'i'),
    ];

    private readonly CommandOutput _output;
    private char _action = 'e';
    private string? _suffix;
    private UnitName? _template;
    private bool _path;
    private bool _instance;

    private EscapeCommand(CommandOutput output) => _output = output;

    internal static int Run(CommandInvocation invocation) => new EscapeCommand(invocation.Output).RunWith(invocation);

    private int RunWith(CommandInvocation invocation)
    {
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "hump", s_options, _output.Error);
        while (reader.Next() is not OptionReader.End and var option)
        {
            if (Apply(option, reader.Argument ?? "", invocation.Program) is { } status)
            {
                return status;
            }
        }

        if (Mistake(reader.Operands) is { } mistake)
        {
            return _output.Fail(mistake);
        }

        var results = new List<string>();
        foreach (var text in reader.Operands)
        {
            if (Convert(text) is not { } result)
            {
                return 1;
            }

            results.Add(result);
        }

        _output.WriteLine(string.Join(' ', results));
        return 0;
    }

    private int? Apply(int option, string argument, string program)
    {
        switch (option)
        {
            case 'h':
                return PrintHelp(program);
            case VersionOption:
                return VersionText.Print(_output);
            case SuffixOption:
                _suffix = argument;
                return UnitTypes.TryParse(argument, out _) ? null : _output.Fail($"Invalid unit suffix type \"{argument}\".");
            case TemplateOption:
                if (!UnitName.TryParse(argument, UnitNameFlags.Template, out var template))
                {
                    return _output.Fail($"Template name {argument} is not valid.");
                }

                _template = template;
                return null;
            case 'u' or 'm':
                _action = (char)option;
                return null;
            case 'p':
                _path = true;
                return null;
            case 'i':
                _instance = true;
                return null;
            default:
                return 1;
        }
    }

    private string? Mistake(string[] operands) => this switch
    {
        _ when operands.Length == 0 => "Not enough arguments.",
        { _template: not null, _suffix: not null } => "--suffix= and --template= may not be combined.",
        _ when (_template is not null || _suffix is not null) && _action == 'm' =>
            "--suffix= and --template= are not compatible with --mangle.",
        { _suffix: not null, _action: 'u' } => "--suffix is not compatible with --unescape.",
        { _path: true, _action: 'm' } => "--path may not be combined with --mangle.",
        { _instance: true, _action: not 'u' } => "--instance must be used in conjunction with --unescape.",
        { _instance: true, _template: not null } => "--instance may not be combined with --template.",
        _ => null,
    };

    private string? Convert(string text) => _action switch
    {
        'u' => Unescape(text),
        'm' => UnitName.MangleCli(text) ?? Failed("Failed to mangle name: Invalid argument"),
        _ => Escape(text),
    };

    private string? Escape(string text)
    {
        var escaped = _path ? EscapePath(text) : UnitName.Escape(text);
        if (escaped is null)
        {
            return null;
        }

        if (_template is not null)
        {
            return _template.WithInstance(escaped)?.Text ?? Failed("Failed to replace instance: Invalid argument");
        }

        return _suffix is null ? escaped : $"{escaped}.{_suffix}";
    }

    private string? EscapePath(string text)
    {
        var isAbsolute = PathText.IsAbsolute(text);
        if (UnitName.EscapePath(text) is { } escaped)
        {
            if (!isAbsolute)
            {
                _output.Warning($"Input '{text}' is not {(text.Length == 0 ? "a valid" : "an absolute")} file system path, "
                    + $"escaping is likely not going {(text.Length == 0 ? "" : "to ")}be reversible.");
            }

            return escaped;
        }

        return Failed(isAbsolute
            ? $"Input '{text}' is not a normalized file system path, failed to escape."
            : $"Input '{text}' is not an absolute file system path, failed to escape.");
    }

    private string? Unescape(string text)
    {
        var escaped = text;
        if (_template is not null || _instance)
        {
            if (!UnitName.TryParse(text, out var name))
            {
                return Failed("Failed to extract instance: Invalid argument");
            }

            if (string.IsNullOrEmpty(name.Instance))
            {
                return Failed($"Unit {text} is missing the instance name.");
            }

            if (_template is not null && name.Template != _template)
            {
                return Failed(
                    $"Unit {text} template {name.Template?.Text} does not match specified template {_template.Text}.");
            }

            escaped = name.Instance;
        }

        return (_path ? UnitName.UnescapePath(escaped) : UnitName.Unescape(escaped))
            ?? Failed("Failed to unescape string: Invalid argument");
    }

    private string? Failed(string message)
    {
        _output.Error(message);
        return null;
    }

    private int PrintHelp(string program)
    {
        _output.WriteLine(
            $"""
            {Path.GetFileName(program)} [OPTIONS...] [NAME...]

            Turns strings into what may stand in unit names, and back.

              -h --help               this text
                 --version            the version
                 --suffix=SUFFIX      add a unit type
                 --template=TEMPLATE  put the strings into a template as its instance
                 --instance           with --unescape, only the instance of a unit name
              -u --unescape           from unit names to strings
              -m --mangle             complete what was typed as a unit name
              -p --path               the strings are paths
            """);
        return 0;
    }
}
