using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>Bytes and datagrams over sockets of any family, without waiting and without SIGPIPE.</summary>
internal static unsafe class InternetSocket
{
    private const int Peek = 0x2;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int NonBlockCloseOnExec = 0x80800;

    private static readonly SocketOption s_type = new(1, 3, "SO_TYPE");
    private static readonly SocketOption s_error = new(1, 4, "SO_ERROR");
    private static readonly SocketOption s_acceptsConnections = new(1, 30, "SO_ACCEPTCONN");

    /// <summary>ENOTSOCK for what is none.</summary>
    public static Result<SocketType> TypeOf(Descriptor socket) =>
        s_type.Get(socket) is { Ok: true, Value: var type } ? (SocketType)type : s_type.Get(socket).Error;

    public static bool IsListening(Descriptor socket) => s_acceptsConnections.Get(socket) is { Ok: true, Value: not 0 };

    /// <summary>What fits; EAGAIN when nothing does.</summary>
    public static Result<int> Send(Descriptor socket, ReadOnlySpan<byte> bytes) => Send(socket, bytes, default);

    /// <summary>A datagram for somebody; what the socket has no room for is lost, as datagrams may be.</summary>
    public static Errno SendTo(Descriptor socket, ReadOnlySpan<byte> bytes, in SocketAddress peer) => Send(socket, bytes, peer).Error;

    /// <summary>What has come in; 0 is the end of a stream, EAGAIN when there is nothing.</summary>
    public static Result<int> Receive(Descriptor socket, Span<byte> buffer) => Receive(socket, buffer, DontWait, out _);

    /// <summary>A datagram and who sent it. What does not fit into the buffer is cut off.</summary>
    public static Result<int> ReceiveFrom(Descriptor socket, Span<byte> buffer, out SocketAddress peer) => Receive(socket, buffer, DontWait, out peer);

    /// <summary>Who sent the datagram that comes next, which stays where it is.</summary>
    public static Result<int> PeekFrom(Descriptor socket, out SocketAddress peer) => Receive(socket, [], Peek | DontWait, out peer);

    /// <summary>
    /// A connection that is being made: the socket becomes writable when that has succeeded or failed, and <see cref="Outcome"/> says which.
    /// </summary>
    /// <param name="from">Where it comes from; nothing is wherever the route begins.</param>
    public static Result<Descriptor> BeginConnect(in SocketAddress address, in SocketAddress from = default)
    {
        var created = LastError.Owned(Libc.socket((int)address.Family, (int)SocketType.Stream | NonBlockCloseOnExec, 0));
        if (!created.Ok)
        {
            return created;
        }

        fixed (byte* start = address.Bytes)
        {
            var error = from.Length > 0 ? ListenSocket.Bind(created.Value, from) : Errno.None;
            error = error != Errno.None ? error : LastError.Of(Libc.connect(created.Value.Raw, start, address.Length));
            if (error is Errno.None or Errno.EINPROGRESS)
            {
                return created;
            }

            created.Value.Dispose();
            return error;
        }
    }

    public static Errno Outcome(Descriptor socket) => s_error.Get(socket) is { Ok: true, Value: var error } ? (Errno)error : s_error.Get(socket).Error;

    private static Result<int> Send(Descriptor socket, ReadOnlySpan<byte> bytes, in SocketAddress peer)
    {
        fixed (byte* start = bytes, address = peer.Bytes)
        {
            var vector = new IoVector { Base = start, Length = (nuint)bytes.Length };
            var message = new MessageHeader { Address = peer.Length > 0 ? address : null, AddressLength = peer.Length, Vectors = &vector, VectorCount = 1 };
            while (true)
            {
                var sent = LastError.Value((int)Libc.sendmsg(socket.Raw, &message, NoSignal | DontWait));
                if (sent.Error != Errno.EINTR)
                {
                    return sent;
                }
            }
        }
    }

    private static Result<int> Receive(Descriptor socket, Span<byte> buffer, int flags, out SocketAddress peer)
    {
        var address = stackalloc byte[SocketAddress.MaximumLength];
        peer = default;
        fixed (byte* start = &MemoryMarshal.GetReference(buffer))
        {
            while (true)
            {
                var vector = new IoVector { Base = start, Length = (nuint)buffer.Length };
                var message = new MessageHeader { Address = address, AddressLength = SocketAddress.MaximumLength, Vectors = &vector, VectorCount = 1 };
                var received = LastError.Value((int)Libc.recvmsg(socket.Raw, &message, flags));
                if (received.Error == Errno.EINTR)
                {
                    continue;
                }

                if (received.Ok)
                {
                    peer = SocketAddress.From(new ReadOnlySpan<byte>(address, (int)Math.Min(message.AddressLength, SocketAddress.MaximumLength)));
                }

                return received;
            }
        }
    }
}
