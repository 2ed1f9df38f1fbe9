using System.Buffers.Binary;
using System.Text;
using Trasgo.Linux;

namespace Trasgo.Bus.Wire;

/// <summary>
/// Walks through a message body along its signature. It never throws and never leaves the body: the first read that the
/// signature or the bytes do not allow sets <see cref="Failed"/>, and from then on every read answers an empty value.
/// </summary>
internal sealed partial class MessageReader
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly IReadOnlyList<Descriptor> _descriptors;
    private readonly bool _bigEndian;
    private int _at;

    public MessageReader(
        ReadOnlyMemory<byte> body, string signature, bool bigEndian = false, IReadOnlyList<Descriptor>? descriptors = null)
    {
        _body = body;
        _bigEndian = bigEndian;
        _descriptors = descriptors ?? [];
        _frame = new Frame('\0', signature, 0, signature.Length, body.Length);
        Failed = !BusSignature.IsValid(signature);
    }

    public bool Failed { get; private set; }

    public byte Byte() => Take('y', 1, 1) is { Length: 1 } b ? b[0] : (byte)0;

    public bool Boolean()
    {
        var value = Fixed32('b');
        if (value > 1)
        {
            Failed = true;
        }

        return value == 1;
    }

    public short Int16() => (short)Fixed16('n');

    public ushort UInt16() => Fixed16('q');

    public int Int32() => (int)Fixed32('i');

    public uint UInt32() => Fixed32('u');

    public long Int64() => (long)Fixed64('x');

    public ulong UInt64() => Fixed64('t');

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64('d'));

    public string String() => Text('s');

    public string ObjectPath()
    {
        var path = Text('o');
        if (!Failed && !BusNames.IsObjectPath(path))
        {
            Failed = true;
        }

        return Failed ? "/" : path;
    }

    public string TypeSignature()
    {
        if (!Expect('g'))
        {
            return "";
        }

        var text = ShortText();
        if (!BusSignature.IsValid(text))
        {
            Failed = true;
        }

        return Failed ? "" : text;
    }

    /// <summary>The descriptor stays the message's: whoever keeps it duplicates it.</summary>
    public Descriptor? Descriptor()
    {
        var index = Fixed32('h');
        if (Failed || index >= (uint)_descriptors.Count)
        {
            Failed = true;
            return null;
        }

        return _descriptors[(int)index];
    }

    public List<string> StringArray()
    {
        var result = new List<string>();
        if (EnterArray("s"))
        {
            while (More())
            {
                result.Add(String());
            }

            LeaveArray();
        }

        return result;
    }

    public byte[] ByteArray()
    {
        if (!EnterArray("y"))
        {
            return [];
        }

        var result = _body.Span[_at.._frame.Limit].ToArray();
        _at = _frame.Limit;
        LeaveArray();
        return result;
    }

    private ushort Fixed16(char type) => Take(type, 2, 2) is { Length: 2 } b
        ? _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b)
        : (ushort)0;

    private uint Fixed32(char type) => Expect(type) ? Raw32() : 0;

    private ulong Fixed64(char type) => Take(type, 8, 8) is { Length: 8 } b
        ? _bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(b) : BinaryPrimitives.ReadUInt64LittleEndian(b)
        : 0;

    private string Text(char type)
    {
        if (!Expect(type))
        {
            return "";
        }

        var length = Raw32();
        var bytes = length < int.MaxValue ? Bytes((int)length + 1) : Fail();
        return Terminated(bytes);
    }

    private string ShortText()
    {
        var length = Bytes(1);
        return length.IsEmpty ? "" : Terminated(Bytes(length[0] + 1));
    }

    private string Terminated(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[^1] != 0 || bytes[..^1].Contains((byte)0))
        {
            Failed = true;
            return "";
        }

        return Encoding.UTF8.GetString(bytes[..^1]);
    }

    private ReadOnlySpan<byte> Take(char type, int alignment, int count)
    {
        if (!Expect(type) || !Align(alignment))
        {
            return [];
        }

        return Bytes(count);
    }

    private uint Raw32()
    {
        var bytes = Align(4) ? Bytes(4) : [];
        return bytes.Length != 4 ? 0
            : _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (Failed || count > _frame.Limit - _at)
        {
            return Fail();
        }

        var bytes = _body.Span.Slice(_at, count);
        _at += count;
        return bytes;
    }

    private bool Align(int alignment)
    {
        var padding = Bytes(-_at & (alignment - 1));
        Failed |= padding.ContainsAnyExcept((byte)0);
        return !Failed;
    }

    private ReadOnlySpan<byte> Fail()
    {
        Failed = true;
        return [];
    }
}
