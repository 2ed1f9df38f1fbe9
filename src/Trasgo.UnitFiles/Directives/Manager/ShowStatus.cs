namespace Trasgo.UnitFiles.Directives;

/// <summary>ShowStatus= of the manager.</summary>
internal enum ShowStatus
{
    No,
    Temporary,
    Error,
    Auto,
    Yes,
}
