namespace Trasgo.UnitFiles.Syntax;

internal interface IDiagnostics
{
    void Add(Diagnostic diagnostic);
}
