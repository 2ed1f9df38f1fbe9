namespace Trasgo.UnitFiles.Directives;

/// <summary>When a service counts as ended, ExitType=.</summary>
internal enum ServiceExitType
{
    Main,
    ControlGroup,
}
