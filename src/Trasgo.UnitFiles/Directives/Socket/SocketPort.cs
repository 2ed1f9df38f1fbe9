namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// One Listen*= line. <see cref="Address"/> is what the line says after specifiers: a path for everything but sockets, which
/// have the forms of systemd.socket(5); <see cref="Directive"/> tells stream from datagram.
/// </summary>
internal sealed record SocketPort(SocketPortType Type, string Directive, string Address);
