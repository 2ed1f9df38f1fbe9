using System.Globalization;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// A connection that an Accept=yes socket has taken, and that an instance serves. It counts against the limits of the socket until it is disposed.
/// </summary>
internal sealed class AcceptedConnection(Socket socket, Descriptor descriptor, SocketAddress peer, ConnectionSource? source) : IDisposable
{
    private bool _isClosed;

    public Socket Socket => socket;

    public Descriptor Descriptor => descriptor;

    /// <summary>As of the moment when it was accepted.</summary>
    public SocketAddress Peer => peer;

    public ConnectionSource? Source => source;

    /// <summary>$REMOTE_ADDR and $REMOTE_PORT (systemd.exec(5)), for peers that have such.</summary>
    public void AddTo(List<KeyValuePair<string, string>> environment)
    {
        if (peer.ToText(withPort: false) is { Length: > 0 } address)
        {
            environment.Add(new("REMOTE_ADDR", address));
            environment.Add(new("REMOTE_PORT", peer.Port.ToString(CultureInfo.InvariantCulture)));
        }
    }

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        descriptor.Dispose();
        socket.OnConnectionClosed(this);
    }
}
