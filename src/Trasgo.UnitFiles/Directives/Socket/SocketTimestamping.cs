namespace Trasgo.UnitFiles.Directives;

/// <summary>Timestamping=</summary>
internal enum SocketTimestamping
{
    Off,
    Us,
    Ns,
}
