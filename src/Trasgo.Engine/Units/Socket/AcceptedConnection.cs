using System.Globalization;
using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// A connection that an Accept=yes socket has taken, and that an instance serves. It counts against the limits of the socket until it is disposed.
/// </summary>
internal sealed class AcceptedConnection(Socket socket, Descriptor? descriptor, SocketAddress peer, ConnectionSource? source) : IDisposable
{
    private Descriptor? _descriptor = descriptor;
    private bool _isClosed;

    public Socket Socket => socket;

    /// <summary>Null when we have hung up.</summary>
    public Descriptor? Descriptor => _descriptor;

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

    /// <summary>Nobody will be given the connection any more; who has it keeps it.</summary>
    public void HangUp()
    {
        _descriptor?.Dispose();
        _descriptor = null;
    }

    public void Save(StateRecord record) =>
        record.Add("connection", socket.Id, _descriptor is { } open ? record.Shelve(open) : "", Convert.ToHexString(peer.Bytes));

    /// <summary>Null if there was none, or if its socket is gone, with which it would have to be counted.</summary>
    public static AcceptedConnection? Restore(StateRecord record, UnitTable units)
    {
        Span<byte> bytes = stackalloc byte[SocketAddress.MaximumLength];
        foreach (var words in record.All("connection", 3))
        {
            var descriptor = record.Unshelve(words[1]);
            if (descriptor is null && words[1].Length > 0)
            {
                continue;
            }

            if (units.Find(words[0]) is Socket socket && Convert.FromHexString(words[2], bytes, out _, out var length) == System.Buffers.OperationStatus.Done)
            {
                var peer = SocketAddress.From(bytes[..length]);
                return new AcceptedConnection(socket, descriptor, peer, ConnectionSource.Of(peer));
            }

            descriptor?.Dispose();
        }

        return null;
    }

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        HangUp();
        socket.OnConnectionClosed(this);
    }
}
