namespace Trasgo.UnitFiles.Syntax;

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
