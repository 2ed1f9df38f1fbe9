namespace Trasgo.Linux;

/// <summary>Sockets that listen, of any family, and the connections that come in on them; all close-on-exec and not blocking.</summary>
internal static unsafe class ListenSocket
{
    private const int NonBlockCloseOnExec = 0x80800;
    private const int PollIn = 1;

    public static Result<Descriptor> Create(AddressFamily family, SocketType type, int protocol = 0) =>
        LastError.Owned(Libc.socket((int)family, (int)type | NonBlockCloseOnExec, protocol));

    public static Errno Bind(Descriptor socket, in SocketAddress address)
    {
        fixed (byte* start = address.Bytes)
        {
            return LastError.Of(Libc.bind(socket.Raw, start, address.Length));
        }
    }

    /// <summary>
    /// Binds to a path with the mode that the file is to have from the moment it exists. What is there already is replaced, if it is in the
    /// way and can be removed; with <paramref name="sparesLive"/> only if nobody listens there.
    /// </summary>
    public static Errno BindPath(Descriptor socket, in SocketAddress address, string path, uint mode, bool sparesLive)
    {
        var old = Libc.umask(~mode & 0x1FF);
        var error = Bind(socket, address);
        if (error == Errno.EADDRINUSE && !(sparesLive && UnixSocket.IsLive(path)) && FileSystem.Remove(path) == Errno.None)
        {
            error = Bind(socket, address);
        }

        _ = Libc.umask(old);
        return error;
    }

    public static Errno Listen(Descriptor socket, int backlog) => LastError.Of(Libc.listen(socket.Raw, backlog));

    /// <summary>The next connection and who made it. EAGAIN when nobody waits any more.</summary>
    public static Result<Descriptor> Accept(Descriptor listener, out SocketAddress peer)
    {
        var bytes = stackalloc byte[SocketAddress.MaximumLength];
        while (true)
        {
            var length = (uint)SocketAddress.MaximumLength;
            var accepted = LastError.Owned(Libc.accept4(listener.Raw, bytes, &length, NonBlockCloseOnExec));
            if (accepted.Error != Errno.EINTR)
            {
                peer = accepted.Ok ? SocketAddress.From(new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, SocketAddress.MaximumLength))) : default;
                return accepted;
            }
        }
    }

    public static Result<SocketAddress> LocalAddress(Descriptor socket)
    {
        var bytes = stackalloc byte[SocketAddress.MaximumLength];
        var length = (uint)SocketAddress.MaximumLength;
        var error = LastError.Of(Libc.getsockname(socket.Raw, bytes, &length));
        return error != Errno.None ? error : SocketAddress.From(new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, SocketAddress.MaximumLength)));
    }

    /// <summary>ENOTCONN when the peer has gone again.</summary>
    public static Result<SocketAddress> PeerAddress(Descriptor socket)
    {
        var bytes = stackalloc byte[SocketAddress.MaximumLength];
        var length = (uint)SocketAddress.MaximumLength;
        var error = LastError.Of(Libc.getpeername(socket.Raw, bytes, &length));
        return error != Errno.None ? error : SocketAddress.From(new ReadOnlySpan<byte>(bytes, (int)Math.Min(length, SocketAddress.MaximumLength)));
    }

    /// <summary>Whether there is something to be read or accepted right now.</summary>
    public static bool HasTraffic(Descriptor descriptor)
    {
        var poll = new PollDescriptor { Fd = descriptor.Raw, Events = PollIn };
        return Libc.poll(&poll, 1, 0) > 0 && (poll.Returned & PollIn) != 0;
    }

    /// <summary>
    /// Throws away what has come in: connections that nobody has accepted, datagrams, bytes of a FIFO - at most <paramref name="limit"/> of them,
    /// as a peer may send faster than we read.
    /// </summary>
    public static void Flush(Descriptor descriptor, bool accepts, int limit)
    {
        _ = Pipe.SetBlocking(descriptor, false);
        Span<byte> buffer = stackalloc byte[4096];
        for (var i = 0; i < limit && HasTraffic(descriptor); i++)
        {
            if (accepts)
            {
                var accepted = Accept(descriptor, out _);
                if (accepted.Ok)
                {
                    accepted.Value.Dispose();
                }
                else if (!IsPassing(accepted.Error) || accepted.Error == Errno.EAGAIN)
                {
                    return;
                }
            }
            else if (FileSystem.ReadInto(descriptor, buffer) is not { Ok: true, Value: > 0 })
            {
                return;
            }
        }
    }

    /// <summary>Errors of one connection that say nothing about the listening socket: accept(2) reports those of the network, too.</summary>
    public static bool IsPassing(Errno error) => IsDisconnect(error) || error is Errno.EAGAIN or Errno.EINTR or Errno.EOPNOTSUPP;

    /// <summary>The peer is not there any more, or cannot be reached.</summary>
    public static bool IsDisconnect(Errno error) => error is
        Errno.ECONNABORTED or Errno.ECONNREFUSED or Errno.ECONNRESET or Errno.EHOSTDOWN or Errno.EHOSTUNREACH or Errno.ENETDOWN or Errno.ENETRESET
        or Errno.ENETUNREACH or Errno.ENONET or Errno.ENOPROTOOPT or Errno.ENOTCONN or Errno.EPIPE or Errno.EPROTO or Errno.ESHUTDOWN or Errno.ETIMEDOUT;

    /// <summary>Descriptors or memory have run out: better luck when somebody has let go of some.</summary>
    public static bool IsExhaustion(Errno error) => error is Errno.EMFILE or Errno.ENFILE or Errno.ENOMEM or Errno.ENOBUFS;
}
