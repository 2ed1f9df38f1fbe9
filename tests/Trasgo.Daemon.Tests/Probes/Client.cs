using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trasgo.Daemon.Tests.Probes;

/// <summary>A client of a server that is tested.</summary>
internal sealed class Client : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;

    public Client(IPAddress address, int port)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 20_000 };
        _socket.Connect(address, port);
        _reader = new StreamReader(new NetworkStream(_socket), Encoding.ASCII);
    }

    public EndPoint Local => _socket.LocalEndPoint!;

    /// <summary>Has anything come, or the end?</summary>
    public bool HasAnswer => _socket.Poll(0, SelectMode.SelectRead);

    public static string? Ask(int port, string request)
    {
        using var client = new Client(IPAddress.Loopback, port);
        client.Send(request);
        return client.ReadLine();
    }

    public void Send(string line) => _socket.Send(Encoding.ASCII.GetBytes(line + "\n"));

    public string? ReadLine()
    {
        try
        {
            return _reader.ReadLine();
        }
        catch (IOException e)
        {
            return e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset } ? null : throw new InvalidOperationException("no answer", e);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }
}
