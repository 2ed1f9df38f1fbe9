using Trasgo.Bus.Objects;
using Trasgo.Bus.Server;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Driver;

/// <summary>
/// The message bus's own object, org.freedesktop.DBus, as far as a server with one service behind it needs one: busctl, gdbus
/// and every library that insists on Hello then work on the private socket.
/// </summary>
internal sealed class BusDriver
{
    public const string Name = "org.freedesktop.DBus";
    public const string Path = "/org/freedesktop/DBus";

    private readonly ObjectTree _objects = new();

    public BusDriver(BusServer server)
    {
        Server = server;
        _objects.Add(Path, this, DriverInterfaces.Bus, DriverInterfaces.Monitoring);
    }

    public BusServer Server { get; }

    public void Dispatch(BusPeer peer, BusMessage message) => _objects.Dispatch(new DriverCaller(peer), message);

    /// <summary>Tells that a name has changed hands.</summary>
    public void NameOwnerChanged(string name, string from, string to)
    {
        using var signal = BusMessage.Signal(Path, Name, "NameOwnerChanged");
        signal.Sender = Name;
        signal.Body.String(name);
        signal.Body.String(from);
        signal.Body.String(to);
        foreach (var peer in Server.Peers.ToArray())
        {
            if (peer.UniqueName is not null && peer.Wants(signal))
            {
                peer.Send(signal);
            }
        }
    }

    public void OnGone(BusPeer peer)
    {
        if (peer.UniqueName is { } name)
        {
            NameOwnerChanged(name, name, "");
        }
    }

    /// <summary>The driver answers under its own name.</summary>
    private sealed class DriverCaller(BusPeer peer) : ICaller, IDriverCaller
    {
        public BusPeer Peer { get; } = peer;

        public string? UniqueName => Peer.UniqueName;

        public bool IsPrivileged => Peer.IsPrivileged;

        public uint Uid => Peer.Uid;

        public uint Gid => Peer.Gid;

        public int Pid => Peer.Pid;

        public bool Subscribed { get => Peer.Subscribed; set => Peer.Subscribed = value; }

        public bool IsConnected => Peer.IsConnected;

        public void Send(BusMessage message)
        {
            message.Sender = Name;
            Peer.Send(message);
        }
    }
}
