using System.Net;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using AddressFamily = System.Net.Sockets.AddressFamily;
using NetworkStream = System.Net.Sockets.Socket;

namespace Trasgo.Engine.Tests.Units;

/// <summary>
/// A world whose sockets are real: a directory for them, and peers that connect. Time and processes stay on paper, so nothing waits for anything.
/// </summary>
internal sealed class SocketPlace : IDisposable
{
    private readonly List<Descriptor> _peers = [];
    private readonly List<NetworkStream> _streams = [];

    public UnitWorld World { get; set; } = new();

    public string Path { get; } = Directory.CreateTempSubdirectory("trasgo-test-").FullName;

    public string this[string name] => $"{Path}/{name}";

    /// <summary>a.socket with the given lines, and the service or template that it starts. Every "$" stands for the directory.</summary>
    public Socket Socket(string lines, string service = "ExecStart=/daemon", string name = "a")
    {
        var isTemplate = lines.Contains("Accept=yes", StringComparison.Ordinal);
        World.File($"{name}{(isTemplate ? "@" : "")}.service", $"[Service]\n{service}\n");
        World.File($"{name}.socket", $"[Socket]\n{lines.Replace("$", Path, StringComparison.Ordinal)}\n");
        return (Socket)World.Load($"{name}.socket");
    }

    public Service Service(string name = "a.service") => (Service)World.Unit(name);

    /// <summary>The instances that are loaded, in the order of their numbers.</summary>
    public List<Service> Instances(string prefix = "a@") =>
        [.. World.Context.Units.All.OfType<Service>().Where(unit => unit.Id.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(static unit => unit.Id, StringComparer.Ordinal)];

    /// <summary>A peer; the manager has not looked yet.</summary>
    public Descriptor Dial(string name, SocketType type = SocketType.Stream)
    {
        var peer = UnixSocket.Connect(name.StartsWith('@') ? name : this[name], type, nonBlocking: true).OrThrow("connect");
        _peers.Add(peer);
        return peer;
    }

    /// <summary>A peer, and what the manager does about it.</summary>
    public Descriptor Connect(string name, SocketType type = SocketType.Stream)
    {
        var peer = Dial(name, type);
        World.Settle();
        return peer;
    }

    public NetworkStream ConnectTo(int port, string address = "127.0.0.1", string? from = null)
    {
        var host = IPAddress.Parse(address);
        var stream = new NetworkStream(host.AddressFamily, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        _streams.Add(stream);
        if (from is not null)
        {
            stream.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        }

        stream.Connect(host, port);
        World.Settle();
        return stream;
    }

    public void Dispose()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }

        foreach (var stream in _streams)
        {
            stream.Dispose();
        }

        foreach (var unit in World.Context.Units.All.ToList())
        {
            unit.OnRemoved();
        }

        World.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
