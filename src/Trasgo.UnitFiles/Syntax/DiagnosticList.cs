namespace Trasgo.UnitFiles.Syntax;

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
