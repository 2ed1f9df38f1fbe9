using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>
/// The options of systemd.socket(5) that a socket, and each connection that comes in on it, is tuned with. One that the kernel refuses is
/// reported and left out.
/// </summary>
internal static class SocketTuning
{
    private const int ProtocolSctp = 132;

    public static void Apply(Socket socket, Descriptor descriptor, AddressFamily family)
    {
        if (family == AddressFamily.Unspecified)
        {
            return;
        }

        var settings = socket.Settings;
        ApplyStream(socket, settings, descriptor);
        ApplyMessages(socket, settings, descriptor, family);
        ApplyPackets(socket, settings, descriptor, family);
    }

    public static void Set(Socket socket, Descriptor descriptor, bool wanted, SocketOption option, int value = 1)
    {
        if (wanted && option.Set(descriptor, value) is var error and not Errno.None)
        {
            Report(socket, option, error);
        }
    }

    private static void ApplyStream(Socket socket, SocketConfig settings, Descriptor descriptor)
    {
        Set(socket, descriptor, settings.KeepAlive, SocketOption.KeepAlive);
        Set(socket, descriptor, settings.KeepAliveTime > 0, SocketOption.TcpKeepIdle, Seconds(settings.KeepAliveTime));
        Set(socket, descriptor, settings.KeepAliveInterval > 0, SocketOption.TcpKeepInterval, Seconds(settings.KeepAliveInterval));
        Set(socket, descriptor, settings.KeepAliveProbes > 0, SocketOption.TcpKeepCount, (int)settings.KeepAliveProbes);
        Set(socket, descriptor, settings.DeferAccept > 0, SocketOption.TcpDeferAccept, Seconds(settings.DeferAccept));
        Set(socket, descriptor, settings.NoDelay, settings.SocketProtocol == ProtocolSctp ? SocketOption.SctpNoDelay : SocketOption.TcpNoDelay);
        if (settings.TcpCongestion is { Length: > 0 } congestion && SocketOption.TcpCongestion.Set(descriptor, congestion) is var error and not Errno.None)
        {
            Report(socket, SocketOption.TcpCongestion, error);
        }
    }

    private static void ApplyMessages(Socket socket, SocketConfig settings, Descriptor descriptor, AddressFamily family)
    {
        Set(socket, descriptor, settings.Broadcast, SocketOption.Broadcast);
        Set(socket, descriptor, settings.PassCredentials, SocketOption.PassCredentials);
        Set(socket, descriptor, settings.PassSecurity, SocketOption.PassSecurity);
        Set(socket, descriptor, settings.Timestamping == SocketTimestamping.Us, SocketOption.Timestamp);
        Set(socket, descriptor, settings.Timestamping == SocketTimestamping.Ns, SocketOption.TimestampNanoseconds);
        if (!settings.PassPacketInfo)
        {
            return;
        }

        SocketOption? packetInfo = family switch
        {
            AddressFamily.Internet => SocketOption.IpPacketInfo,
            AddressFamily.Internet6 => SocketOption.Ip6PacketInfo,
            AddressFamily.Netlink => SocketOption.NetlinkPacketInfo,
            _ => null,
        };
        if (packetInfo is { } option)
        {
            Set(socket, descriptor, wanted: true, option);
        }
        else
        {
            socket.Log(LogLevel.Warning, "PassPacketInfo= has no meaning for this family of addresses, ignoring.");
        }
    }

    private static void ApplyPackets(Socket socket, SocketConfig settings, Descriptor descriptor, AddressFamily family)
    {
        Set(socket, descriptor, settings.Priority >= 0, SocketOption.Priority, settings.Priority);
        SetBuffer(socket, descriptor, settings.ReceiveBuffer, SocketOption.ReceiveBuffer, SocketOption.ReceiveBufferForce);
        SetBuffer(socket, descriptor, settings.SendBuffer, SocketOption.SendBuffer, SocketOption.SendBufferForce);
        Set(socket, descriptor, settings.Mark >= 0, SocketOption.Mark, settings.Mark);
        Set(socket, descriptor, settings.IpTos >= 0, SocketOption.IpTos, settings.IpTos);
        Set(socket, descriptor, settings.IpTtl >= 0, family == AddressFamily.Internet6 ? SocketOption.Ip6Hops : SocketOption.IpTtl, settings.IpTtl);
    }

    /// <summary>Beyond the system's limit (net.core.rmem_max) where we may.</summary>
    private static void SetBuffer(Socket socket, Descriptor descriptor, ulong size, SocketOption option, SocketOption force)
    {
        if (size == 0)
        {
            return;
        }

        var bytes = (int)Math.Min(size, int.MaxValue);
        if (option.Set(descriptor, bytes) == Errno.None && option.Get(descriptor) is { Ok: true, Value: var got } && got >= bytes)
        {
            return;
        }

        var error = force.Set(descriptor, bytes);
        if (error is not (Errno.None or Errno.EPERM))
        {
            Report(socket, option, error);
        }
    }

    /// <summary>The kernel counts whole seconds.</summary>
    private static int Seconds(ulong microseconds) => (int)Math.Min(microseconds / TimeSpans.Second, int.MaxValue);

    private static void Report(Socket socket, SocketOption option, Errno error) =>
        socket.Log(LogLevel.Warning, $"{option.Name} failed, ignoring: {ErrnoNames.Message(error)}");
}
