namespace Trasgo.Linux;

/// <summary>The sender's side of sd_notify(3), on a connected datagram socket.</summary>
internal static unsafe class NotifySocket
{
    private const int SocketLevel = 1;
    private const int ControlCredentials = 2;
    private const int NoSignal = 0x4000;
    private const int HeaderSize = 16;

    /// <summary>
    /// Sends in the name of another process where we may, which takes CAP_SYS_ADMIN unless it is our own; otherwise in ours.
    /// </summary>
    public static Errno Send(Descriptor socket, ReadOnlySpan<byte> message, PeerCredentials credentials)
    {
        var size = HeaderSize + sizeof(PeerCredentials);
        var control = stackalloc byte[HeaderSize + 16];
        *(ControlHeader*)control = new ControlHeader { Length = (nuint)size, Level = SocketLevel, Type = ControlCredentials };
        *(PeerCredentials*)(control + HeaderSize) = credentials;
        fixed (byte* start = message)
        {
            var vector = new IoVector { Base = start, Length = (nuint)message.Length };
            var header = new MessageHeader
            {
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = (nuint)(HeaderSize + 16),
            };
            if (Libc.sendmsg(socket.Raw, &header, NoSignal) >= 0)
            {
                return Errno.None;
            }
        }

        return UnixSocket.Send(socket, message, wait: true).Error;
    }

    /// <summary>Returns when everything sent before has been read: the manager closes its end of a pipe then.</summary>
    public static Errno Barrier(Descriptor socket, int timeoutMilliseconds)
    {
        var pipe = Pipe.Create();
        if (!pipe.Ok)
        {
            return pipe.Error;
        }

        using var read = pipe.Value.Read;
        var sent = UnixSocket.Send(socket, "BARRIER=1"u8, [pipe.Value.Write], wait: true);
        pipe.Value.Write.Dispose();
        if (!sent.Ok)
        {
            return sent.Error;
        }

        var poll = new PollDescriptor { Fd = read.Raw };
        var ready = Libc.poll(&poll, 1, timeoutMilliseconds);
        return ready == 0 ? Errno.ETIMEDOUT : LastError.Of(ready);
    }
}
