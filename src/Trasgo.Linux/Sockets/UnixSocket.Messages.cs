namespace Trasgo.Linux;

/// <summary>Messages with what may travel beside their bytes.</summary>
internal static unsafe partial class UnixSocket
{
    /// <summary>SCM_MAX_FD: the kernel takes no more with one message.</summary>
    public const int MaximumDescriptors = 253;

    private const int NoSignal = 0x4000;
    private const int DontWait = 0x40;
    private const int ReceiveCloseOnExec = 0x4000_0000;
    private const int Truncated = 0x20;
    private const int ControlTruncated = 0x8;
    private const int ControlRights = 1;
    private const int ControlCredentials = 2;
    private const int HeaderSize = 16;
    private const int ControlSize = HeaderSize + (MaximumDescriptors * sizeof(int)) + 8 + HeaderSize + 16;

    /// <summary>Sends what fits; EAGAIN when nothing does. Never a SIGPIPE.</summary>
    public static Result<int> Send(Descriptor socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<Descriptor> descriptors = default, bool wait = false)
    {
        if (descriptors.Length > MaximumDescriptors)
        {
            return Errno.E2BIG;
        }

        var control = stackalloc byte[ControlSize];
        fixed (byte* start = bytes)
        {
            // A descriptor needs at least one byte to travel with; an empty datagram has none and needs none.
            var vector = new IoVector { Base = start, Length = (nuint)bytes.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1 };
            AddRights(ref message, control, descriptors);
            while (true)
            {
                var sent = LastError.Value((int)Libc.sendmsg(socket.Raw, &message, NoSignal | (wait ? 0 : DontWait)));
                if (sent.Error != Errno.EINTR)
                {
                    return sent;
                }
            }
        }
    }

    /// <summary>
    /// One message of a datagram or packet socket, or what a stream has. Length 0 is the end of a stream. Descriptors come close-on-exec,
    /// and belong to the receiver, wanted or not.
    /// </summary>
    public static Result<ReceivedMessage> Receive(Descriptor socket, Span<byte> buffer, bool wait = false)
    {
        var control = stackalloc byte[ControlSize];
        fixed (byte* start = buffer)
        {
            var vector = new IoVector { Base = start, Length = (nuint)buffer.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = ControlSize };
            while (true)
            {
                var received = LastError.Value((int)Libc.recvmsg(socket.Raw, &message, ReceiveCloseOnExec | (wait ? 0 : DontWait)));
                if (received.Ok)
                {
                    return Unpack(received.Value, message);
                }

                if (received.Error != Errno.EINTR)
                {
                    return received.Error;
                }
            }
        }
    }

    private static void AddRights(ref MessageHeader message, byte* control, ReadOnlySpan<Descriptor> descriptors)
    {
        if (descriptors.IsEmpty)
        {
            return;
        }

        var header = (ControlHeader*)control;
        header->Level = SocketLevel;
        header->Type = ControlRights;
        header->Length = (nuint)(HeaderSize + (descriptors.Length * sizeof(int)));
        for (var i = 0; i < descriptors.Length; i++)
        {
            ((int*)(control + HeaderSize))[i] = descriptors[i].Raw;
        }

        message.Control = control;
        message.ControlLength = Aligned(header->Length);
    }

    private static ReceivedMessage Unpack(int length, in MessageHeader message)
    {
        PeerCredentials? credentials = null;
        List<Descriptor>? descriptors = null;
        var control = (byte*)message.Control;
        for (nuint at = 0; at + HeaderSize <= message.ControlLength;)
        {
            var header = (ControlHeader*)(control + at);
            if (header->Length < HeaderSize || header->Length > message.ControlLength - at)
            {
                break;
            }

            var data = control + at + HeaderSize;
            if (header->Level == SocketLevel && header->Type == ControlRights)
            {
                for (nuint i = 0; i < (header->Length - HeaderSize) / sizeof(int); i++)
                {
                    (descriptors ??= []).Add(Descriptor.Adopt(((int*)data)[i]));
                }
            }
            else if (header->Level == SocketLevel && header->Type == ControlCredentials)
            {
                credentials = *(PeerCredentials*)data;
            }

            at += Aligned(header->Length);
        }

        return new ReceivedMessage(
            length,
            credentials,
            descriptors?.ToArray() ?? [],
            (message.Flags & Truncated) != 0,
            (message.Flags & ControlTruncated) != 0);
    }

    private static nuint Aligned(nuint length) => (length + 7) & ~(nuint)7;
}
