using System.Text;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>The preset files of systemd.preset(5): the first rule that matches decides, and without one a unit is enabled.</summary>
internal sealed class PresetRules
{
    private readonly List<PresetRule> _rules = [];

    public IReadOnlyList<PresetRule> Rules => _rules;

    public static PresetRules Read(RuntimeScope scope, IUnitFileSystem files, IDiagnostics sink)
    {
        string[] directories = scope == RuntimeScope.System
            ? ["/etc/systemd/system-preset", "/run/systemd/system-preset", "/usr/local/lib/systemd/system-preset",
                "/usr/lib/systemd/system-preset", "/lib/systemd/system-preset"]
            : ["/etc/systemd/user-preset", "/run/systemd/user-preset", "/usr/local/lib/systemd/user-preset",
                "/usr/lib/systemd/user-preset"];
        var result = new PresetRules();
        foreach (var path in DropIns.FilesOf(files, directories, ".preset"))
        {
            if (files.Read(path, UnitFileSource.SizeLimit, out _) is { } bytes)
            {
                result.Parse(bytes, path, sink);
            }
        }

        return result;
    }

    public void Parse(ReadOnlySpan<byte> text, string path, IDiagnostics sink)
    {
        var reader = new LineReader(text);
        while (reader.Next(out var bytes))
        {
            var line = Encoding.UTF8.GetString(bytes).Trim(Quoting.Whitespace.ToCharArray());
            if (line.Length == 0 || line[0] is '#' or ';')
            {
                continue;
            }

            if (ParseRule(line) is { } rule)
            {
                _rules.Add(rule);
            }
            else
            {
                sink.Add(new Diagnostic(Severity.Warning, null, path, reader.Number, null, $"Couldn't parse line '{line}'. Ignoring."));
            }
        }
    }

    /// <summary>
    /// Whether the unit is to be enabled. For a template whose rule names instances those are what is enabled; otherwise
    /// the list stays empty.
    /// </summary>
    public bool IsEnabled(UnitName name, out List<UnitName> instances)
    {
        instances = [];
        foreach (var rule in _rules)
        {
            if (MatchesInstances(rule, name, instances) || Glob.Matches(rule.Pattern, name.Text))
            {
                return rule.Action == PresetAction.Enable;
            }
        }

        return true;
    }

    /// <summary>As systemctl's column of presets has it, which takes no notice of instances.</summary>
    public bool IsEnabled(UnitName name)
    {
        foreach (var rule in _rules)
        {
            if (Glob.Matches(rule.Pattern, name.Text))
            {
                return rule.Action == PresetAction.Enable;
            }
        }

        return true;
    }

    private static bool MatchesInstances(PresetRule rule, UnitName name, List<UnitName> instances)
    {
        if (rule.Instances.Length == 0 || name.IsPlain
            || !string.Equals(rule.Pattern, name.Template!.Text, StringComparison.Ordinal))
        {
            return false;
        }

        if (name.IsInstance)
        {
            return rule.Instances.Contains(name.Instance, StringComparer.Ordinal);
        }

        foreach (var instance in rule.Instances)
        {
            if (name.WithInstance(instance) is not { } built)
            {
                return false;
            }

            instances.Add(built);
        }

        return true;
    }

    private static PresetRule? ParseRule(string line)
    {
        if (Parameter(line, "disable") is { } pattern)
        {
            return new PresetRule(PresetAction.Disable, pattern, []);
        }

        if (Parameter(line, "enable") is not { } parameter)
        {
            return null;
        }

        var position = 0;
        if (Quoting.ExtractWord(parameter, ref position, out var name, ExtractFlags.RetainEscape) != ExtractResult.Word)
        {
            return null;
        }

        if (position < 0)
        {
            return new PresetRule(PresetAction.Enable, name, []);
        }

        return UnitName.IsValid(name, UnitNameFlags.Template)
            ? new PresetRule(
                PresetAction.Enable, name, parameter[position..].Split(Quoting.Whitespace.ToCharArray(), StringSplitOptions.RemoveEmptyEntries))
            : null;
    }

    /// <summary>What follows the first word if it is this one.</summary>
    private static string? Parameter(string line, string word)
    {
        if (!line.StartsWith(word, StringComparison.Ordinal)
            || (line.Length > word.Length && !Quoting.Whitespace.Contains(line[word.Length], StringComparison.Ordinal)))
        {
            return null;
        }

        return line[word.Length..].TrimStart(Quoting.Whitespace.ToCharArray());
    }
}
