namespace Trasgo.UnitFiles.Syntax;

/// <summary>The levels of syslog(3) that reading units needs.</summary>
internal enum Severity
{
    Error = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,
    Debug = 7,
}

/// <summary>What a reader of unit files has to say: about which unit, where, and about which directive.</summary>
internal sealed record Diagnostic(Severity Severity, string? Unit, string File, int Line, string? Directive, string Message)
{
    /// <summary>The form in which systemd logs it: "/etc/systemd/system/a.service:3: Missing '=', ignoring line."</summary>
    public override string ToString() => File.Length == 0 ? Message : Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}

internal interface IDiagnostics
{
    void Add(Diagnostic diagnostic);
}

/// <summary>Keeps what it is told, up to a bound: a file of a million bad lines must not fill the memory.</summary>
internal sealed class DiagnosticList : IDiagnostics
{
    public const int Limit = 1000;

    private readonly List<Diagnostic> _items = [];

    public IReadOnlyList<Diagnostic> Items => _items;

    public int Dropped { get; private set; }

    public void Add(Diagnostic diagnostic)
    {
        if (_items.Count < Limit)
        {
            _items.Add(diagnostic);
        }
        else
        {
            Dropped++;
        }
    }
}

internal sealed class NullDiagnostics : IDiagnostics
{
    public static readonly NullDiagnostics Instance = new();

    private NullDiagnostics()
    {
    }

    public void Add(Diagnostic diagnostic)
    {
    }
}
