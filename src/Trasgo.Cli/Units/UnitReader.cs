using System.Collections;
using Trasgo.Manager;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Units;

/// <summary>One directive in a unit's files, and what becomes of it.</summary>
internal readonly record struct SetDirective(Assignment Assignment, DirectiveInfo? Info);

/// <summary>A unit as its files have it.</summary>
internal sealed record ReadUnit(
    UnitName Name, UnitFileSource Source, UnitLanguage Language, List<SetDirective> Directives, DiagnosticList Diagnostics);

/// <summary>Reads units from the load path without a manager, every assignment through its directive.</summary>
internal sealed class UnitReader
{
    private static readonly HashSet<string> s_install = ["WantedBy", "RequiredBy", "Also", "Alias", "DefaultInstance"];

    private readonly UnitSearchPath _standard;
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly RuntimeScope _scope;
    private readonly string? _root;
    private readonly RealFileSystem _files;

    internal UnitReader(bool user, string? root)
    {
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            _environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        (_scope, _root, _files) = (user ? RuntimeScope.User : RuntimeScope.System, root, new RealFileSystem(root));
        _standard = UnitSearchPath.For(_scope, _environment, root);
    }

    /// <summary>All that the load path has, templates included.</summary>
    internal IEnumerable<string> AllNames() =>
        UnitFileIndex.Build(_standard, _files).AllNames.Order(StringComparer.Ordinal);

    /// <summary>A name, or the path of a file, whose directory then goes before the load path. Null if there is none.</summary>
    internal ReadUnit? Read(string nameOrPath)
    {
        var isPath = nameOrPath.Contains('/', StringComparison.Ordinal);
        var typed = isPath ? Path.GetFileName(nameOrPath) : UnitName.MangleCli(nameOrPath);
        if (!UnitName.TryParse(typed, out var name))
        {
            return null;
        }

        // A template is read as an instance, since specifiers mean nothing without one.
        name = name.IsTemplate && name.WithInstance("test-instance") is { } instance ? instance : name;
        var search = isPath ? With(Path.GetDirectoryName(Path.GetFullPath(nameOrPath)) ?? "/") : _standard;
        var diagnostics = new DiagnosticList();
        var source = UnitFileSource.Load(search, _files, UnitFileIndex.Build(search, _files), name, diagnostics);
        if (source.FragmentPath is null)
        {
            return null;
        }

        var defaults = new ManagerDefaults { Scope = _scope };
        var language = UnitLanguage.Of(name.Type, defaults);
        return new ReadUnit(name, source, language, Apply(name, source, language, defaults, diagnostics), diagnostics);
    }

    // As $SYSTEMD_UNIT_PATH=DIRECTORY: would have it.
    private UnitSearchPath With(string directory)
    {
        var environment = new Dictionary<string, string>(_environment, StringComparer.Ordinal)
        {
            ["SYSTEMD_UNIT_PATH"] = $"{directory}:{_environment.GetValueOrDefault("SYSTEMD_UNIT_PATH")}",
        };
        return UnitSearchPath.For(_scope, environment, _root);
    }

    private List<SetDirective> Apply(
        UnitName name, UnitFileSource source, UnitLanguage language, ManagerDefaults defaults, DiagnosticList diagnostics)
    {
        var specifiers = new SpecifierContext(name, new SpecifierHost(_scope, _environment, _files), _scope)
        {
            FragmentPath = source.FragmentPath,
        };
        var context = new ParseContext(name, specifiers, diagnostics, defaults) { TimeZones = new HostTimeZones(_environment.GetValueOrDefault("TZ")) };
        var directives = new List<SetDirective>();
        foreach (var assignment in source.Assignments)
        {
            if (UnitSections.IsForeign(assignment.Section)
                || assignment.Key.StartsWith("X-", StringComparison.Ordinal)
                || (assignment.Section == "Install" && s_install.Contains(assignment.Key)))
            {
                continue;
            }

            var info = language.Apply(assignment, context);
            directives.Add(new SetDirective(assignment, info));
            if (info is null)
            {
                diagnostics.Add(new Diagnostic(
                    Severity.Warning, name.Text, assignment.File, assignment.Line, assignment.Key,
                    $"Unknown key name '{assignment.Key}' in section '{assignment.Section}', ignoring."));
            }
        }

        return directives;
    }
}
