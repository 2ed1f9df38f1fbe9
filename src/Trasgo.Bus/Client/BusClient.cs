using Trasgo.Bus.Authentication;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Client;

/// <summary>
/// A blocking client on a direct connection, for command-line tools. Signals that arrive while a call waits for its reply are
/// kept in order for <see cref="ReadSignal"/>; a peer that says nothing else is an error reply, never an exception.
/// </summary>
internal sealed class BusClient : IDisposable
{
    /// <summary>sd-bus's default for a method call.</summary>
    public const int DefaultTimeoutMilliseconds = 25_000;

    private const int SignalsAtMost = 64 * 1024;
    private readonly IBusTransport _transport;
    private readonly Queue<BusMessage> _signals = new();
    private readonly MessageAssembler _incoming = new(BusLimits.MessageBytes);
    private uint _serial;

    private BusClient(IBusTransport transport)
    {
        _transport = transport;
    }

    public bool PassesDescriptors { get; private set; }

    public string ServerGuid { get; private set; } = "";

    /// <summary>Connects to a manager's private socket. ENOENT and ECONNREFUSED say that none is there, EPERM that it refused us.</summary>
    public static Result<BusClient> Connect(string path, EventLoop? loop = null)
    {
        var connected = UnixTransport.Connect(path, loop);
        return connected.Ok ? Open(connected.Value) : connected.Error;
    }

    /// <summary>Authenticates on a connected stream, which the client owns from here on.</summary>
    public static Result<BusClient> Open(IBusTransport transport)
    {
        var client = new BusClient(transport);
        var error = client.Authenticate();
        if (error == Errno.None)
        {
            return new Result<BusClient>(client, Errno.None);
        }

        client.Dispose();
        return new Result<BusClient>(null!, error);
    }

    /// <summary>
    /// Sends the call, disposes it, and waits for its reply, which is of type MethodReturn or Error. A lost connection and a
    /// timeout are replies of type Error as well, so that there is one way to look at a failure.
    /// </summary>
    public BusMessage Call(BusMessage call, int timeoutMilliseconds = DefaultTimeoutMilliseconds)
    {
        using (call)
        {
            if (Send(call) is var error && error != Errno.None)
            {
                return Lost(call, error);
            }

            while (true)
            {
                var received = ReadMessage(timeoutMilliseconds);
                if (!received.Ok)
                {
                    return Lost(call, received.Error);
                }

                var message = received.Value;
                if (message.ReplySerial == call.Serial && message.Type is MessageType.MethodReturn or MessageType.Error)
                {
                    return message;
                }

                Keep(message);
            }
        }
    }

    /// <summary>Sends without waiting for a reply. The message stays the caller's.</summary>
    public Errno Send(BusMessage message)
    {
        message.Serial = ++_serial;
        if (message.BodyFailed)
        {
            return Errno.EINVAL;
        }

        using var header = new MessageWriter();
        HeaderCodec.Write(message, message.Serial, header);
        if (header.Failed)
        {
            return Errno.EINVAL;
        }

        var body = message.BodyBytes;
        var bytes = new byte[header.Length + body.Length];
        header.Written.CopyTo(bytes);
        body.CopyTo(bytes.AsMemory(header.Length));
        return _transport.Send(bytes, message.BodyDescriptors);
    }

    /// <summary>The next signal; ETIMEDOUT if none came in that time, ECONNRESET if the peer has gone.</summary>
    public Result<BusMessage> ReadSignal(int timeoutMilliseconds = -1)
    {
        while (_signals.Count == 0)
        {
            var received = ReadMessage(timeoutMilliseconds);
            if (!received.Ok)
            {
                return received;
            }

            Keep(received.Value);
        }

        return new Result<BusMessage>(_signals.Dequeue(), Errno.None);
    }

    public void Dispose()
    {
        _incoming.DropDescriptors();
        _incoming.Dispose();
        _transport.Dispose();
    }

    private Errno Authenticate()
    {
        var error = _transport.Send(SaslClient.Opening, []);
        var sasl = new SaslClient();
        while (error == Errno.None && sasl.State == SaslState.Auth)
        {
            error = Fill(DefaultTimeoutMilliseconds);
            _incoming.Consume(sasl.Feed(_incoming.Waiting));
        }

        PassesDescriptors = sasl.PassesDescriptors;
        ServerGuid = sasl.Guid;
        return error != Errno.None ? error : sasl.State == SaslState.Done ? Errno.None : Errno.EPERM;
    }

    private Result<BusMessage> ReadMessage(int timeoutMilliseconds)
    {
        while (true)
        {
            switch (_incoming.Next())
            {
                case FrameResult.Complete:
                    // Answers outlive the next read.
                    var message = _incoming.ReadCopy();
                    _incoming.Skip();
                    return new Result<BusMessage>(message!, message is null ? Errno.EBADMSG : Errno.None);
                case FrameResult.Incomplete when Fill(timeoutMilliseconds) is var error && error != Errno.None:
                    return new Result<BusMessage>(null!, error);
                case FrameResult.TooLarge or FrameResult.Malformed:
                    return new Result<BusMessage>(null!, Errno.EBADMSG);
            }
        }
    }

    private Errno Fill(int timeoutMilliseconds)
    {
        var received = _transport.Receive(_incoming.Room(), _incoming.Descriptors, timeoutMilliseconds);
        if (!received.Ok)
        {
            return received.Error;
        }

        _incoming.Commit(received.Value);
        return received.Value == 0 ? Errno.ECONNRESET : Errno.None;
    }

    private void Keep(BusMessage message)
    {
        if (message.Type == MessageType.Signal && _signals.Count < SignalsAtMost)
        {
            _signals.Enqueue(message);
        }
        else
        {
            message.Dispose();
        }
    }

    private static BusMessage Lost(BusMessage call, Errno error) => BusMessage.Error(call, error switch
    {
        Errno.ETIMEDOUT => new BusError(BusErrorNames.NoReply, "Method call timed out"),
        Errno.EINVAL => new BusError(BusErrorNames.InvalidArgs, ErrnoNames.Message(error)),
        Errno.EBADMSG => new BusError(BusErrorNames.InconsistentMessage, ErrnoNames.Message(error)),
        _ => new BusError(BusErrorNames.Disconnected, "Connection terminated"),
    });
}
