using System.Buffers.Binary;
using System.Text;

namespace Trasgo.Bus.Wire;

/// <summary>The fixed part and the field array in front of every body: framing, reading, writing.</summary>
internal static class HeaderCodec
{
    /// <summary>Fixed part plus the length of the field array.</summary>
    public const int FixedBytes = 16;

    private const byte Version = 1;

    private enum Field : byte
    {
        Path = 1,
        Interface = 2,
        Member = 3,
        ErrorName = 4,
        ReplySerial = 5,
        Destination = 6,
        Sender = 7,
        Signature = 8,
        UnixFds = 9,
    }

    /// <summary>Tells from the first bytes how long the message is, before memory is reserved for it.</summary>
    public static MessageFrame Frame(ReadOnlySpan<byte> bytes, int limit)
    {
        if (bytes.Length > 0 && bytes[0] is not ((byte)'l' or (byte)'B'))
        {
            return new(FrameResult.Malformed);
        }

        if (bytes.Length > 3 && (bytes[1] == 0 || bytes[3] != Version))
        {
            return new(FrameResult.Malformed);
        }

        if (bytes.Length < FixedBytes)
        {
            return new(FrameResult.Incomplete);
        }

        var big = bytes[0] == 'B';
        var header = Padded(Number(bytes[12..], big));
        var total = header + Number(bytes[4..], big);
        if (Number(bytes[8..], big) == 0 || total > BusLimits.MessageBytes)
        {
            return new(FrameResult.Malformed);
        }

        var result = header > BusLimits.HeaderBytes || total > limit ? FrameResult.TooLarge :
            bytes.Length < total ? FrameResult.Incomplete : FrameResult.Complete;
        return new(result, (int)header, (int)total);
    }

    /// <summary>Reads one complete message whose length <see cref="Frame"/> told; null if it breaks the specification.</summary>
    public static BusMessage? Read(ReadOnlyMemory<byte> message, IReadOnlyList<Trasgo.Linux.Descriptor> descriptors)
    {
        if (Fields(message) is not { } fields || fields.Descriptors != (uint)descriptors.Count)
        {
            return null;
        }

        var big = message.Span[0] == 'B';
        var body = message[(int)Padded(Number(message.Span[12..], big))..];
        return fields.IsEnoughFor((MessageType)message.Span[1]) && BodyValidator.IsValid(body.Span, fields.Signature, big, descriptors.Count)
            ? Message(message.Span, fields, fields.Signature, body, descriptors)
            : null;
    }

    /// <summary>
    /// What the header of a message says whose body has not come, or is none to be read; null if it breaks the specification. The result
    /// has no body, and no signature of one.
    /// </summary>
    public static BusMessage? ReadHeader(ReadOnlyMemory<byte> header) =>
        Fields(header) is { } fields && fields.IsEnoughFor((MessageType)header.Span[1])
            ? Message(header.Span, fields, "", default, [])
            : null;

    /// <summary>How many descriptors a complete message announces, so that its receiver can take that many from the socket.</summary>
    public static int AnnouncedDescriptors(ReadOnlyMemory<byte> message) => (int)Math.Min(Fields(message)?.Descriptors ?? 0, int.MaxValue);

    /// <summary>Writes everything that stands before the body. The result ends at a multiple of 8.</summary>
    public static void Write(BusMessage message, uint serial, MessageWriter header)
    {
        header.Byte((byte)'l');
        header.Byte((byte)message.Type);
        header.Byte((byte)message.Flags);
        header.Byte(Version);
        header.UInt32((uint)message.BodyBytes.Length);
        header.UInt32(serial);
        header.BeginArray("(yv)");
        Text(header, Field.Path, "o", message.Path);
        Text(header, Field.Interface, "s", message.Interface);
        Text(header, Field.Member, "s", message.Member);
        Text(header, Field.ErrorName, "s", message.ErrorName);
        Number(header, Field.ReplySerial, message.ReplySerial);
        Text(header, Field.Destination, "s", message.Destination);
        Text(header, Field.Sender, "s", message.Sender);
        Text(header, Field.Signature, "g", message.Signature.Length == 0 ? null : message.Signature);
        Number(header, Field.UnixFds, (uint)message.BodyDescriptors.Count);
        header.EndArray();
        header.Pad(8);
    }

    private static long Padded(uint fields) => (FixedBytes + (long)fields + 7) & ~7L;

    private static RawFields? Fields(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        var big = bytes[0] == 'B';
        var end = FixedBytes + (int)Number(bytes[12..], big);

        // The array's length word lies at offset 12, so a reader started there sees every alignment as the sender did only
        // if it starts at a multiple of 8: begin at 8, with the serial as the first value.
        var header = message[8..end];
        var fields = new RawFields();
        return BodyValidator.IsValid(header.Span, "ua(yv)", big, int.MaxValue) &&
            !bytes[end..(int)Padded(Number(bytes[12..], big))].ContainsAnyExcept((byte)0) &&
            fields.Read(new MessageReader(header, "ua(yv)", big))
            ? fields
            : null;
    }

    private static BusMessage Message(
        ReadOnlySpan<byte> bytes, RawFields fields, string signature, ReadOnlyMemory<byte> body, IReadOnlyList<Trasgo.Linux.Descriptor> descriptors)
    {
        return new BusMessage
        {
            Type = (MessageType)bytes[1],
            Flags = (MessageFlags)bytes[2],
            BigEndian = bytes[0] == 'B',
            Serial = fields.Serial,
            ReplySerial = fields.ReplySerial,
            Path = fields.Path,
            Interface = fields.Interface,
            Member = fields.Member,
            ErrorName = fields.ErrorName,
            Destination = fields.Destination,
            Sender = fields.Sender,
            Signature = signature,
            Payload = body,
            Descriptors = descriptors,
        };
    }

    private static void Text(MessageWriter header, Field field, string type, string? value)
    {
        if (value is null)
        {
            return;
        }

        Open(header, field, type);
        switch (type)
        {
            case "o": header.ObjectPath(value); break;
            case "g": header.Signature(value); break;
            default: header.String(value); break;
        }

        header.EndVariant();
        header.EndStruct();
    }

    private static void Number(MessageWriter header, Field field, uint value)
    {
        if (value == 0)
        {
            return;
        }

        Open(header, field, "u");
        header.UInt32(value);
        header.EndVariant();
        header.EndStruct();
    }

    private static void Open(MessageWriter header, Field field, string type)
    {
        header.BeginStruct();
        header.Byte((byte)field);
        header.BeginVariant(type);
    }

    private static uint Number(ReadOnlySpan<byte> bytes, bool big) =>
        big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private sealed class RawFields
    {
        private uint _seen;

        public uint Serial { get; private set; }

        public uint ReplySerial { get; private set; }

        public uint Descriptors { get; private set; }

        public string? Path { get; private set; }

        public string? Interface { get; private set; }

        public string? Member { get; private set; }

        public string? ErrorName { get; private set; }

        public string? Destination { get; private set; }

        public string? Sender { get; private set; }

        public string Signature { get; private set; } = "";

        public bool Read(MessageReader reader)
        {
            Serial = reader.UInt32();
            if (!reader.EnterArray("(yv)"))
            {
                return false;
            }

            while (reader.More())
            {
                reader.EnterStruct();
                var code = reader.Byte();
                if (code == 0 || !Once(code) || !ReadField((Field)code, reader))
                {
                    return false;
                }

                reader.LeaveStruct();
            }

            return !reader.Failed;
        }

        /// <summary>Each type of message needs its fields; types of a later protocol are ignored by the receiver.</summary>
        public bool IsEnoughFor(MessageType type) => type switch
        {
            MessageType.MethodCall => Path is not null && Member is not null,
            MessageType.Signal => Path is not null && Interface is not null && Member is not null,
            MessageType.MethodReturn => ReplySerial != 0,
            MessageType.Error => ReplySerial != 0 && ErrorName is not null,
            _ => true,
        };

        private bool ReadField(Field field, MessageReader reader)
        {
            if (field > Field.UnixFds)
            {
                reader.Skip();
                return !reader.Failed;
            }

            if (reader.EnterVariant() is null)
            {
                return false;
            }

            var valid = field switch
            {
                Field.Path => (Path = reader.ObjectPath()).Length > 0,
                Field.Interface => BusNames.IsInterface(Interface = reader.String()),
                Field.Member => BusNames.IsMember(Member = reader.String()),
                Field.ErrorName => BusNames.IsErrorName(ErrorName = reader.String()),
                Field.ReplySerial => (ReplySerial = reader.UInt32()) != 0,
                Field.Destination => BusNames.IsBusName(Destination = reader.String()),
                Field.Sender => BusNames.IsBusName(Sender = reader.String()),
                Field.Signature => (Signature = reader.TypeSignature()) is not null,
                _ => (Descriptors = reader.UInt32()) <= BusLimits.DescriptorsPerMessage,
            };
            reader.LeaveVariant();
            return valid && !reader.Failed;
        }

        private bool Once(byte code)
        {
            if (code > (byte)Field.UnixFds)
            {
                return true;
            }

            var bit = 1u << code;
            var first = (_seen & bit) == 0;
            _seen |= bit;
            return first;
        }
    }
}
