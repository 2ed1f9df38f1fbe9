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
    public static FrameResult Frame(ReadOnlySpan<byte> bytes, int limit, out int total)
    {
        total = 0;
        if (bytes.Length > 0 && bytes[0] is not ((byte)'l' or (byte)'B'))
        {
            return FrameResult.Malformed;
        }

        if (bytes.Length > 3 && (bytes[1] == 0 || bytes[3] != Version))
        {
            return FrameResult.Malformed;
        }

        if (bytes.Length < FixedBytes)
        {
            return FrameResult.Incomplete;
        }

        var big = bytes[0] == 'B';
        ulong body = Number(bytes[4..], big);
        ulong fields = Number(bytes[12..], big);
        var padded = (FixedBytes + fields + 7) & ~7UL;
        if (Number(bytes[8..], big) == 0 || padded > BusLimits.HeaderBytes || padded + body > (ulong)limit)
        {
            return FrameResult.Malformed;
        }

        total = (int)(padded + body);
        return bytes.Length < total ? FrameResult.Incomplete : FrameResult.Complete;
    }

    /// <summary>
    /// The length that the first bytes claim, whatever it is within the specification; 0 while they are too few to tell, -1 if they do
    /// not begin a message.
    /// </summary>
    public static long Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedBytes)
        {
            return 0;
        }

        if (bytes[0] is not ((byte)'l' or (byte)'B') || bytes[3] != Version)
        {
            return -1;
        }

        var big = bytes[0] == 'B';
        var total = ((FixedBytes + (long)Number(bytes[12..], big) + 7) & ~7L) + Number(bytes[4..], big);
        return total <= BusLimits.MessageBytes ? total : -1;
    }

    /// <summary>Reads one complete message whose length <see cref="Frame"/> told; null if it breaks the specification.</summary>
    public static BusMessage? Read(ReadOnlyMemory<byte> message, IReadOnlyList<Trasgo.Linux.Descriptor> descriptors)
    {
        var bytes = message.Span;
        var big = bytes[0] == 'B';
        var fields = (int)Number(bytes[12..], big);
        var bodyAt = (FixedBytes + fields + 7) & ~7;

        // The array's length word lies at offset 12, so a reader started there sees every alignment as the sender did only
        // if it starts at a multiple of 8: begin at 8, with the serial as the first value.
        var header = message[8..(FixedBytes + fields)];
        if (!BodyValidator.IsValid(header.Span, "ua(yv)", big, int.MaxValue) ||
            bytes[(FixedBytes + fields)..bodyAt].ContainsAnyExcept((byte)0))
        {
            return null;
        }

        var raw = new RawFields();
        if (!raw.Read(new MessageReader(header, "ua(yv)", big)) || raw.Descriptors != (uint)descriptors.Count)
        {
            return null;
        }

        var body = message[bodyAt..];
        var type = (MessageType)bytes[1];
        if (!raw.IsEnoughFor(type) || !BodyValidator.IsValid(body.Span, raw.Signature, big, descriptors.Count))
        {
            return null;
        }

        return new BusMessage
        {
            Type = type,
            Flags = (MessageFlags)bytes[2],
            Serial = raw.Serial,
            ReplySerial = raw.ReplySerial,
            Path = raw.Path,
            Interface = raw.Interface,
            Member = raw.Member,
            ErrorName = raw.ErrorName,
            Destination = raw.Destination,
            Sender = raw.Sender,
            Signature = raw.Signature,
            BigEndian = big,
            Payload = body,
            Descriptors = descriptors,
        };
    }

    /// <summary>How many descriptors a complete message announces, so that its receiver can take that many from the socket.</summary>
    public static int AnnouncedDescriptors(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        var big = bytes[0] == 'B';
        var fields = (int)Number(bytes[12..], big);
        var header = message[8..(FixedBytes + fields)];
        var raw = new RawFields();
        return BodyValidator.IsValid(header.Span, "ua(yv)", big, int.MaxValue) && raw.Read(new MessageReader(header, "ua(yv)", big))
            ? (int)Math.Min(raw.Descriptors, int.MaxValue)
            : 0;
    }

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
