using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// Unix sockets: made non-blocking and close-on-exec. A path that begins with "@" is a name in the abstract namespace. Descriptors and
/// credentials travel with messages (unix(7)); credentials are the kernel's word and the only ones to trust.
/// </summary>
internal static unsafe partial class UnixSocket
{
    private const int Family = 1;
    private const int NonBlock = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int SocketLevel = 1;
    private const int OptionSendBuffer = 7;
    private const int OptionReceiveBuffer = 8;
    private const int OptionPassCredentials = 16;
    private const int OptionPeerCredentials = 17;
    private const int OptionSendBufferForce = 32;
    private const int OptionReceiveBufferForce = 33;

    public static Result<Descriptor> Create(SocketType type, bool nonBlocking = true) =>
        LastError.Owned(Libc.socket(Family, (int)type | CloseOnExec | (nonBlocking ? NonBlock : 0), 0));

    /// <summary>
    /// Binds, and listens if the type has connections. A socket file of a predecessor is replaced. The mode is in force from the moment
    /// the file exists, so nobody can slip in before a later chmod.
    /// </summary>
    public static Result<Descriptor> Listen(string path, SocketType type, uint mode = 0x180, int backlog = 4096)
    {
        var created = Create(type);
        if (!created.Ok)
        {
            return created;
        }

        if (!IsAbstract(path) && FileSystem.Status(path, followLinks: false) is { Ok: true, Value.IsSocket: true })
        {
            FileSystem.Remove(path);
        }

        var old = Libc.umask(~mode & 0x1FF);
        var error = Bind(created.Value, path);
        _ = Libc.umask(old);
        if (error == Errno.None && type != SocketType.Datagram)
        {
            error = LastError.Of(Libc.listen(created.Value.Raw, backlog));
        }

        return Or(created.Value, error);
    }

    /// <summary>EAGAIN when nobody waits any more.</summary>
    public static Result<Descriptor> Accept(Descriptor listener)
    {
        while (true)
        {
            var accepted = LastError.Owned(Libc.accept4(listener.Raw, null, null, NonBlock | CloseOnExec));
            if (accepted.Error is not (Errno.EINTR or Errno.ECONNABORTED))
            {
                return accepted;
            }
        }
    }

    public static Result<Descriptor> Connect(string path, SocketType type = SocketType.Stream, bool nonBlocking = false)
    {
        var created = Create(type, nonBlocking);
        return created.Ok ? Or(created.Value, WithAddress(created.Value, path, Libc.connect)) : created;
    }

    /// <summary>
    /// Whether a socket is open behind the path, of any type. Nobody is waited for; who listens for connections sees one that is over at once.
    /// </summary>
    public static bool IsLive(string path)
    {
        foreach (var type in (ReadOnlySpan<SocketType>)[SocketType.Stream, SocketType.Datagram, SocketType.SequentialPacket])
        {
            var connected = Connect(path, type, nonBlocking: true);
            if (connected.Ok)
            {
                connected.Value.Dispose();
            }

            // Another type than the socket's is refused with EPROTOTYPE, and a full queue with EAGAIN.
            if (connected.Error != Errno.EPROTOTYPE)
            {
                return connected.Error is Errno.None or Errno.EAGAIN;
            }
        }

        return false;
    }

    public static Errno Bind(Descriptor socket, string path) => WithAddress(socket, path, Libc.bind);

    public static Result<(Descriptor First, Descriptor Second)> Pair(SocketType type, bool nonBlocking = true)
    {
        var fds = stackalloc int[2];
        var error = LastError.Of(Libc.socketpair(Family, (int)type | CloseOnExec | (nonBlocking ? NonBlock : 0), 0, fds));
        return error == Errno.None ? (Descriptor.Adopt(fds[0]), Descriptor.Adopt(fds[1])) : error;
    }

    /// <summary>Who connected, as of the connect(2).</summary>
    public static Result<PeerCredentials> Peer(Descriptor socket)
    {
        PeerCredentials credentials;
        var size = (uint)sizeof(PeerCredentials);
        var error = LastError.Of(Libc.getsockopt(socket.Raw, SocketLevel, OptionPeerCredentials, &credentials, &size));
        return error == Errno.None ? credentials : error;
    }

    /// <summary>From now on every message that arrives carries its sender's credentials.</summary>
    public static Errno PassCredentials(Descriptor socket, bool value = true) => SetOption(socket, OptionPassCredentials, value ? 1 : 0);

    /// <summary>Above the system's limit where we may.</summary>
    public static Errno SetReceiveBuffer(Descriptor socket, int bytes) =>
        SetOption(socket, OptionReceiveBufferForce, bytes) is Errno.EPERM ? SetOption(socket, OptionReceiveBuffer, bytes) : Errno.None;

    public static Errno SetSendBuffer(Descriptor socket, int bytes) =>
        SetOption(socket, OptionSendBufferForce, bytes) is Errno.EPERM ? SetOption(socket, OptionSendBuffer, bytes) : Errno.None;

    public static Errno ShutdownReads(Descriptor socket) => LastError.Of(Libc.shutdown(socket.Raw, 0));

    public static Errno ShutdownWrites(Descriptor socket) => LastError.Of(Libc.shutdown(socket.Raw, 1));

    private delegate int AddressCall(int fd, void* address, uint length);

    private static bool IsAbstract(string path) => path.StartsWith('@');

    private static Errno SetOption(Descriptor socket, int option, int value) =>
        LastError.Of(Libc.setsockopt(socket.Raw, SocketLevel, option, &value, sizeof(int)));

    private static Result<Descriptor> Or(Descriptor socket, Errno error)
    {
        if (error == Errno.None)
        {
            return socket;
        }

        socket.Dispose();
        return error;
    }

    private static Errno WithAddress(Descriptor socket, string path, AddressCall call)
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        if (bytes.Length == 0)
        {
            return Errno.EINVAL;
        }

        if (bytes.Length >= UnixAddress.PathSize && !IsAbstract(path))
        {
            return WithLongPath(socket, path, call);
        }

        if (bytes.Length > UnixAddress.PathSize)
        {
            return Errno.ENAMETOOLONG;
        }

        var address = new UnixAddress { Family = Family };
        bytes.CopyTo(new Span<byte>(address.Path, UnixAddress.PathSize));
        var closing = 1;
        if (IsAbstract(path))
        {
            address.Path[0] = 0;
            closing = 0;
        }

        return LastError.Of(call(socket.Raw, &address, (uint)(sizeof(ushort) + bytes.Length + closing)));
    }

    /// <summary>An address has room for 107 bytes; a longer path goes by way of its directory's descriptor.</summary>
    private static Errno WithLongPath(Descriptor socket, string path, AddressCall call)
    {
        var directory = FileSystem.Open(Path.GetDirectoryName(path) ?? "/", OpenFlags.PathOnly | OpenFlags.Directory);
        if (!directory.Ok)
        {
            return directory.Error;
        }

        using var fd = directory.Value;
        var name = Path.GetFileName(path);
        var indirect = $"/proc/self/fd/{fd.Raw}/{name}";
        return Encoding.UTF8.GetByteCount(indirect) < UnixAddress.PathSize ? WithAddress(socket, indirect, call) : Errno.ENAMETOOLONG;
    }
}
