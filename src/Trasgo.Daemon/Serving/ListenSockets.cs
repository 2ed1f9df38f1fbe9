using System.Globalization;
using System.Net;
using System.Net.Sockets;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>
/// Makes the sockets of a server that was not given any: one for each address, so that IPv4 and IPv6 are apart. A daemon asks its <see cref="ListenDescriptors"/> first.
/// </summary>
public static class ListenSockets
{
    private const int MostAttempts = 20;

    /// <summary>Listens on TCP.</summary>
    /// <param name="port">1 to 65535, or 0 for one that the kernel chooses, the same on all addresses. Ports below 1024 need CAP_NET_BIND_SERVICE, see capabilities(7).</param>
    /// <param name="addresses">The local addresses; none means all addresses of IPv6 and IPv4, or of the one that the machine has.</param>
    /// <returns>The sockets, now the caller's to dispose. The port is in <see cref="Socket.LocalEndPoint"/>.</returns>
    /// <exception cref="DaemonException">An address cannot be listened on: in use (EADDRINUSE), not ours (EADDRNOTAVAIL), not permitted (EACCES).</exception>
    public static IReadOnlyList<Socket> Tcp(int port, params IReadOnlyList<IPAddress> addresses) => OpenAll(SocketType.Stream, ProtocolType.Tcp, port, addresses);

    /// <summary>Receives datagrams of UDP.</summary>
    /// <param name="port">1 to 65535, or 0 for one that the kernel chooses, the same on all addresses.</param>
    /// <param name="addresses">The local addresses; none means all addresses of IPv6 and IPv4, or of the one that the machine has.</param>
    /// <returns>The sockets, now the caller's to dispose.</returns>
    /// <exception cref="DaemonException">An address cannot be bound to.</exception>
    public static IReadOnlyList<Socket> Udp(int port, params IReadOnlyList<IPAddress> addresses) => OpenAll(SocketType.Dgram, ProtocolType.Udp, port, addresses);

    private static List<Socket> OpenAll(SocketType type, ProtocolType protocol, int port, IReadOnlyList<IPAddress> addresses)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        ArgumentNullException.ThrowIfNull(addresses);
        if (addresses.Count == 0)
        {
            addresses = Socket.OSSupportsIPv6 ? Socket.OSSupportsIPv4 ? [IPAddress.IPv6Any, IPAddress.Any] : [IPAddress.IPv6Any] : [IPAddress.Any];
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return OpenOnOnePort(type, protocol, port, addresses);
            }
            catch (DaemonException e) when (port == 0 && addresses.Count > 1 && e.Errno == Errno.EADDRINUSE && attempt < MostAttempts)
            {
                // The port that was free for the first address is taken for another: the kernel chooses again.
            }
        }
    }

    private static List<Socket> OpenOnOnePort(SocketType type, ProtocolType protocol, int port, IReadOnlyList<IPAddress> addresses)
    {
        var sockets = new List<Socket>();
        try
        {
            foreach (var address in addresses)
            {
                var socket = Open(type, protocol, new IPEndPoint(address, port));
                sockets.Add(socket);
                port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            }
        }
        catch
        {
            sockets.ForEach(socket => socket.Dispose());
            throw;
        }

        return sockets;
    }

    private static Socket Open(SocketType type, ProtocolType protocol, IPEndPoint point)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(point.AddressFamily, type, protocol);
            if (point.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            if (type == SocketType.Stream)
            {
                // Connections of the predecessor that are in TIME_WAIT must not keep its port from the successor. .NET's option of that name would set
                // SO_REUSEPORT as well, and two servers could listen on one port.
                socket.SetRawSocketOption(SOL_SOCKET, SO_REUSEADDR, [1, 0, 0, 0]);
            }

            socket.Bind(point);
            if (type == SocketType.Stream)
            {
                socket.Listen();
            }

            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            string what = string.Create(CultureInfo.InvariantCulture, $"cannot listen on {protocol.ToString().ToLowerInvariant()} {point}");
            throw e.NativeErrorCode > 0 ? new DaemonException(what, e.NativeErrorCode) : new DaemonException($"{what}: {e.Message}", e);
        }
    }
}
