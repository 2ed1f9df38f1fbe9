namespace Trasgo.UnitFiles.Directives;

/// <summary>ProcSubset=</summary>
internal enum ProcSubset
{
    All,
    Pid,
}
