namespace Trasgo.Daemon;

/// <summary>Where messages are sent: the log daemon of this host, or a collector in the network.</summary>
public sealed class SyslogEndpoint
{
    /// <summary>The port of RFC 5426, section 3.3: 514. TCP has none of its own (RFC 6587); its receivers use the same number.</summary>
    public const int DefaultPort = 514;

    private SyslogEndpoint(SyslogTransport transport, string address, int port)
    {
        Transport = transport;
        Address = address;
        Port = port;
    }

    /// <summary>The log daemon of this host, at <c>/dev/log</c>.</summary>
    public static SyslogEndpoint Local { get; } = new(SyslogTransport.Unix, "/dev/log", 0);

    /// <summary>Where the collector is: a path for a local socket, otherwise a host name or an address.</summary>
    public string Address { get; }

    /// <summary>The port, 1 to 65535; 0 for a local socket.</summary>
    public int Port { get; }

    internal SyslogTransport Transport { get; }

    /// <summary>A local socket. Datagrams are tried first; if the socket is a stream, messages end with a NUL byte, as those of the C library.</summary>
    /// <param name="path">An absolute path of at most 107 bytes.</param>
    /// <returns>The end point; nothing is opened yet.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not absolute, is too long, or holds a NUL.</exception>
    public static SyslogEndpoint Unix(string path)
    {
        UnixSocketAddress.CheckPath(path, nameof(path));
        return new(SyslogTransport.Unix, path, 0);
    }

    /// <summary>A collector that is reached by UDP, one message a datagram (RFC 5426). What is lost on the way stays unnoticed.</summary>
    /// <param name="host">A host name, or an IPv4 or IPv6 address.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <returns>The end point; nothing is resolved or opened yet.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty or holds a NUL, a blank or a slash.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is out of range.</exception>
    public static SyslogEndpoint Udp(string host, int port = DefaultPort) => new(SyslogTransport.Udp, CheckHost(host), CheckPort(port));

    /// <summary>A collector that is reached by TCP. Each message is preceded by its length (octet counting, RFC 6587, section 3.4.1).</summary>
    /// <param name="host">A host name, or an IPv4 or IPv6 address.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <returns>The end point; nothing is resolved or opened yet.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty or holds a NUL, a blank or a slash.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is out of range.</exception>
    public static SyslogEndpoint Tcp(string host, int port = DefaultPort) => new(SyslogTransport.Tcp, CheckHost(host), CheckPort(port));

    /// <summary>The end point for people: the path, or transport, host and port.</summary>
    /// <returns>For example <c>tcp:loghost:514</c>.</returns>
    public override string ToString() => Transport switch
    {
        SyslogTransport.Unix => Address,
        SyslogTransport.Udp => $"udp:{Address}:{Port}",
        _ => $"tcp:{Address}:{Port}",
    };

    private static string CheckHost(string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (host.AsSpan().ContainsAny("\0/ \t\r\n"))
        {
            throw new ArgumentException("not the name or address of a host", nameof(host));
        }

        return host;
    }

    private static int CheckPort(int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        return port;
    }
}
