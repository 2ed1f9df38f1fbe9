using System.Net.Sockets;
using System.Text;

namespace Trasgo.Daemon.Tests.Peers;

/// <summary>A log socket of the test's own, datagram or stream, that shows every byte.</summary>
internal sealed class LocalLog : IDisposable
{
    private readonly Socket _listener;
    private readonly bool _isStream;
    private Socket? _connection;

    public LocalLog(string path, bool isStream = false)
    {
        _isStream = isStream;
        _listener = new(AddressFamily.Unix, isStream ? SocketType.Stream : SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        if (isStream)
        {
            _listener.Listen();
        }
    }

    public bool IsEmpty => !_listener.Poll(0, SelectMode.SelectRead);

    public byte[] ReceiveBytes()
    {
        byte[] buffer = new byte[256 * 1024];
        if (_isStream)
        {
            _connection ??= _listener.Accept();
            _connection.ReceiveTimeout = 10_000;
            int length = 0;
            while (_connection.Receive(buffer, length, 1, SocketFlags.None) == 1 && buffer[length++] != 0)
            {
            }

            return buffer[..length];
        }

        return buffer[.._listener.Receive(buffer)];
    }

    public string Receive() => Encoding.UTF8.GetString(ReceiveBytes());

    /// <summary>The text behind the name and its colon.</summary>
    public string ReceiveText() => Receive().Split(": ", 2)[1];

    public void Dispose()
    {
        _connection?.Dispose();
        _listener.Dispose();
    }
}
