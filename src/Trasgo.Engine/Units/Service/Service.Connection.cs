using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>What comes from the sockets of a service: the connection of an Accept=yes instance, or the listening descriptors.</summary>
internal sealed partial class Service
{
    /// <summary>The name of a connection in $LISTEN_FDNAMES (sd_listen_fds(3)).</summary>
    private const string ConnectionName = "connection";

    private AcceptedConnection? _connection;

    public bool HasConnection => _connection is not null;

    /// <summary>The instance is to serve a connection, and is described by it; from now on the connection is its own.</summary>
    public void SetConnection(AcceptedConnection connection)
    {
        _connection = connection;
        if (Units.ConnectionName.PeerText(connection.Descriptor, connection.Peer) is { Length: > 0 } peer)
        {
            Config.Description = Config.Description is { Length: > 0 } description ? $"{description} ({peer})" : peer;
        }
    }

    public void CloseConnection()
    {
        var connection = _connection;
        _connection = null;
        connection?.Dispose();
    }

    /// <summary>
    /// The main process is gone. If nobody comes after it who could be given the connection, a peer that reads to the end need not wait for all that the
    /// end of a unit brings with it; processes that are left have the connection themselves. The next thing to be done in any case is to take away
    /// their place, by which it is found out whether there are any.
    /// </summary>
    private void HangUpIfDone()
    {
        if (_connection is null || Job is not null || _control is not null || Settings.ExecStop.Count > 0 || Settings.ExecStopPost.Count > 0)
        {
            return;
        }

        _connection.HangUp();
        Context.Processes.Release(this, keepCounts: IsHeld || Result != ServiceResult.Success);
    }

    private List<PassedDescriptor> SocketDescriptors() =>
        _connection is { } connection ? connection.Descriptor is { } open ? [new PassedDescriptor(open, ConnectionName)] : [] : Context.SocketsOf(this);

    private static StreamSocket StreamSocketOf(List<PassedDescriptor> sockets) =>
        new(sockets is [var only] ? only.Descriptor : null, sockets.Count > 1);
}
