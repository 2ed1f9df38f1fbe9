using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// What a value is read in: whose it is, where it stands, what specifiers mean there, and where complaints go. One context
/// serves all assignments of a unit; <see cref="At"/> moves it along. Directives report here and never throw.
/// </summary>
internal sealed class ParseContext(
    UnitName? unit, SpecifierContext? specifiers, IDiagnostics diagnostics, ManagerDefaults? defaults = null)
{
    private const int MaxName = 255;

    /// <summary>null while the manager's own configuration is read: then no specifiers are expanded.</summary>
    public UnitName? Unit { get; } = unit;

    public SpecifierContext? Specifiers { get; } = specifiers;

    public IDiagnostics Diagnostics { get; } = diagnostics;

    public ManagerDefaults Defaults { get; } = defaults ?? new ManagerDefaults();

    /// <summary>For calendar events, which may name a zone.</summary>
    public ITimeZones TimeZones { get; init; } = NoTimeZones.Instance;

    public bool IsSystem => Defaults.Scope == RuntimeScope.System;

    public string Section { get; private set; } = "";

    public string Directive { get; private set; } = "";

    public string File { get; private set; } = "";

    public int Line { get; private set; }

    /// <summary>Of the assignment read last.</summary>
    public ParseOutcome Outcome { get; private set; }

    public ParseContext At(in Assignment assignment) => At(assignment.Section, assignment.Key, assignment.File, assignment.Line);

    public ParseContext At(string section, string directive, string file, int line)
    {
        Section = section;
        Directive = directive;
        File = file;
        Line = line;
        Outcome = ParseOutcome.Fine;
        return this;
    }

    public void Report(Severity severity, string message) =>
        Diagnostics.Add(new Diagnostic(severity, Unit?.Text, File, Line, Directive, message));

    /// <summary>The value (or the part of it that is quoted) has no effect.</summary>
    public void Ignore(string problem, string value) => Report(Severity.Warning, $"{Directive}= {problem}, ignoring: {value}");

    public void Warn(string message) => Report(Severity.Warning, message);

    /// <summary>The unit must not be started with this value: LoadState=bad-setting.</summary>
    public void Fail(string problem, string value)
    {
        Report(Severity.Error, $"{Directive}= {problem}: {value}");
        Outcome = ParseOutcome.BadSetting;
    }

    /// <summary>Fails or ignores, as the value's "-" prefix says.</summary>
    public void FailUnless(bool ignore, string problem, string value)
    {
        if (ignore)
        {
            Ignore(problem, value);
        }
        else
        {
            Fail(problem, value);
        }
    }

    /// <summary>The unit cannot be loaded: LoadState=error.</summary>
    public void Refuse(string problem, string value)
    {
        Report(Severity.Error, $"{Directive}= {problem}: {value}");
        Outcome = ParseOutcome.Error;
    }

    public bool TryExpand(string text, out string result, out string problem, int maxLength = Specifier.MaxText) =>
        TryExpand(text, SpecifierSet.Full, maxLength, out result, out problem);

    /// <summary>Expands, or ignores the value with a message.</summary>
    public bool Expand(string text, out string result, int maxLength = Specifier.MaxText)
    {
        if (TryExpand(text, out result, out var problem, maxLength))
        {
            return true;
        }

        Ignore(problem, text);
        return false;
    }

    public bool ExpandPath(string text, out string result) => Expand(text, out result, Specifier.MaxPath);

    public bool ExpandName(string text, out string result) => Expand(text, out result, MaxName);

    /// <summary>A unit name: fewer specifiers, and the result must be a name.</summary>
    public bool ExpandUnitName(string text, out string result)
    {
        if (TryExpand(text, SpecifierSet.UnitNames, MaxName, out result, out var problem)
            && (UnitName.IsValid(result) || !Problem("is not a unit name", out problem)))
        {
            return true;
        }

        Ignore(problem, text);
        return false;
    }

    /// <summary>Checks and simplifies a path; what is wrong is reported, and the outcome is for the caller to say.</summary>
    public bool SimplifyPath(ref string path, PathForm form = PathForm.Absolute) =>
        SimplifyPath(ref path, form, Ignore);

    public bool SimplifyPath(ref string path, PathForm form, Action<string, string> report)
    {
        var problem = Paths.Check(path, form, out var simple);
        if (problem is not null)
        {
            report(problem, path);
            return false;
        }

        path = simple;
        return true;
    }

    private static bool Problem(string text, out string problem)
    {
        problem = text;
        return true;
    }

    private bool TryExpand(string text, SpecifierSet allowed, int maxLength, out string result, out string problem)
    {
        result = text;
        problem = "";
        if (Specifiers is null)
        {
            return true;
        }

        if (Specifier.TryExpand(text, Specifiers, allowed, out result, out var error, maxLength))
        {
            return true;
        }

        problem = $"has a specifier that cannot be resolved ({error})";
        return false;
    }
}
