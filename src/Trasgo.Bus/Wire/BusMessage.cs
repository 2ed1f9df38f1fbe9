using Trasgo.Linux;

namespace Trasgo.Bus.Wire;

/// <summary>
/// One message, received or to be sent. A received body lies in the receiver's buffer and is good only until the handler
/// returns; the header fields may be kept. A body to be sent is written through <see cref="Body"/>, whose buffer goes back to
/// the pool with <see cref="Dispose"/>.
/// </summary>
internal sealed class BusMessage : IDisposable
{
    private MessageWriter? _writer;
    private string _signature = "";
    private IReadOnlyList<Descriptor> _descriptors = [];

    public MessageType Type { get; init; }

    public MessageFlags Flags { get; set; }

    public uint Serial { get; set; }

    public uint ReplySerial { get; init; }

    public string? Path { get; init; }

    public string? Interface { get; init; }

    public string? Member { get; init; }

    public string? ErrorName { get; init; }

    public string? Destination { get; set; }

    public string? Sender { get; set; }

    public bool BigEndian { get; init; }

    public ReadOnlyMemory<byte> Payload { get; init; }

    public IReadOnlyList<Descriptor> Descriptors
    {
        get => _descriptors;
        init => _descriptors = value;
    }

    public string Signature
    {
        get => _writer?.BodySignature ?? _signature;
        init => _signature = value;
    }

    /// <summary>The writer of a message to be sent; it exists from the first use on.</summary>
    public MessageWriter Body => _writer ??= new MessageWriter();

    /// <summary>The body as bytes, whether received or written.</summary>
    public ReadOnlyMemory<byte> BodyBytes => _writer?.Written ?? Payload;

    /// <summary>The descriptors that travel along, received or written.</summary>
    public IReadOnlyList<Descriptor> BodyDescriptors => _writer?.Descriptors ?? Descriptors;

    public bool BodyFailed => _writer?.Failed ?? false;

    public bool ReplyExpected => Type == MessageType.MethodCall && (Flags & MessageFlags.NoReplyExpected) == 0;

    public static BusMessage Call(string destination, string path, string interfaceName, string member) => new()
    {
        Type = MessageType.MethodCall,
        Destination = destination,
        Path = path,
        Interface = interfaceName,
        Member = member,
    };

    public static BusMessage Return(BusMessage call) => new()
    {
        Type = MessageType.MethodReturn,
        Flags = MessageFlags.NoReplyExpected,
        ReplySerial = call.Serial,
        Destination = call.Sender,
    };

    public static BusMessage Error(BusMessage call, BusError error)
    {
        var message = new BusMessage
        {
            Type = MessageType.Error,
            Flags = MessageFlags.NoReplyExpected,
            ReplySerial = call.Serial,
            Destination = call.Sender,
            ErrorName = BusNames.IsErrorName(error.Name) ? error.Name : BusErrorNames.Failed,
        };
        message.Body.String(error.Message);
        return message;
    }

    public static BusMessage Signal(string path, string interfaceName, string member) => new()
    {
        Type = MessageType.Signal,
        Flags = MessageFlags.NoReplyExpected,
        Path = path,
        Interface = interfaceName,
        Member = member,
    };

    /// <summary>A received message that stays good after the handler: with a body of its own and the descriptors, which leave this one.</summary>
    public BusMessage Detach()
    {
        var kept = new BusMessage
        {
            Type = Type,
            Flags = Flags,
            Serial = Serial,
            ReplySerial = ReplySerial,
            Path = Path,
            Interface = Interface,
            Member = Member,
            ErrorName = ErrorName,
            Destination = Destination,
            Sender = Sender,
            Signature = Signature,
            BigEndian = BigEndian,
            Payload = BodyBytes.ToArray(),
            Descriptors = _descriptors,
        };
        _descriptors = [];
        return kept;
    }

    /// <summary>A reader at the start of the body.</summary>
    public MessageReader Read() => new(BodyBytes, Signature, BigEndian, BodyDescriptors);

    public void Dispose()
    {
        if (_writer is not null)
        {
            _signature = _writer.BodySignature;
            _writer.Dispose();
            _writer = null;
        }

        foreach (var descriptor in Descriptors)
        {
            descriptor.Dispose();
        }
    }
}
