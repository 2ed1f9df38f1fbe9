namespace Trasgo.UnitFiles.Directives;

/// <summary>How a service tells that it has started, Type=.</summary>
internal enum ServiceType
{
    Simple,
    Forking,
    Oneshot,
    DBus,
    Notify,
    Idle,
    Exec,
}
