namespace Trasgo.UnitFiles.Syntax;

/// <summary>What a reader of unit files has to say: about which unit, where, and about which directive.</summary>
internal sealed record Diagnostic(Severity Severity, string? Unit, string File, int Line, string? Directive, string Message)
{
    /// <summary>The form in which systemd logs it: "/etc/systemd/system/a.service:3: Missing '=', ignoring line."</summary>
    public override string ToString() => File.Length == 0 ? Message : Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}
