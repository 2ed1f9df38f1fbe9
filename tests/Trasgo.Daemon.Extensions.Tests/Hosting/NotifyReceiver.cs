using System.Net.Sockets;
using System.Text;

namespace Trasgo.Daemon.Extensions.Tests.Hosting;

/// <summary>A service manager's ear: the socket of <c>$NOTIFY_SOCKET</c>.</summary>
internal sealed class NotifyReceiver : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };

    public NotifyReceiver(string path) => _socket.Bind(new UnixDomainSocketEndPoint(path));

    public bool IsSilent(TimeSpan time) => !_socket.Poll(time, SelectMode.SelectRead);

    public string Receive()
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }

    public void Dispose() => _socket.Dispose();
}
