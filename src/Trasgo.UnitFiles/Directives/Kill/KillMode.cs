namespace Trasgo.UnitFiles.Directives;

/// <summary>Which processes of a unit are signalled when it stops, KillMode=.</summary>
internal enum KillMode
{
    ControlGroup,
    Process,
    Mixed,
    None,
}
