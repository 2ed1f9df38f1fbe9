namespace Trasgo.UnitFiles.Directives;

/// <summary>Whose notification messages are believed, NotifyAccess=.</summary>
internal enum NotifyAccess
{
    None,
    Main,
    Exec,
    All,
}
