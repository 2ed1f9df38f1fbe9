using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Trasgo.Linux;

namespace Trasgo.Bus.Wire;

/// <summary>
/// Marshals a message body, little endian, into a pooled buffer and derives its signature on the way. What does not fit the
/// protocol (a NUL in a string, nesting or an array beyond the bounds) sets <see cref="Failed"/> instead of throwing: the
/// sender then answers an error in place of the body.
/// </summary>
internal sealed partial class MessageWriter : IDisposable
{
    private byte[] _buffer;
    private int _length;
    private List<Descriptor>? _descriptors;

    public MessageWriter(int capacity = 256)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    }

    /// <summary>Whether something was written that no message can carry.</summary>
    public bool Failed { get; private set; }

    public int Length => _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public IReadOnlyList<Descriptor> Descriptors => (IReadOnlyList<Descriptor>?)_descriptors ?? [];

    public void Byte(byte value)
    {
        Typed("y");
        Reserve(1)[0] = value;
    }

    public void Boolean(bool value)
    {
        Typed("b");
        Align(4);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value ? 1u : 0u);
    }

    public void Int16(short value)
    {
        Typed("n");
        Align(2);
        BinaryPrimitives.WriteInt16LittleEndian(Reserve(2), value);
    }

    public void UInt16(ushort value)
    {
        Typed("q");
        Align(2);
        BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);
    }

    public void Int32(int value)
    {
        Typed("i");
        Align(4);
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);
    }

    public void UInt32(uint value)
    {
        Typed("u");
        Align(4);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
    }

    public void Int64(long value)
    {
        Typed("x");
        Align(8);
        BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);
    }

    public void UInt64(ulong value)
    {
        Typed("t");
        Align(8);
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
    }

    public void Double(double value)
    {
        Typed("d");
        Align(8);
        BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);
    }

    public void String(string value)
    {
        Typed("s");
        Text(value);
    }

    public void ObjectPath(string value)
    {
        Typed("o");
        if (!BusNames.IsObjectPath(value))
        {
            Failed = true;
            value = "/";
        }

        Text(value);
    }

    public void Signature(string value)
    {
        Typed("g");
        if (!BusSignature.IsValid(value))
        {
            Failed = true;
            value = "";
        }

        ShortText(value);
    }

    /// <summary>The writer keeps a reference only; the descriptor must stay open until the message is sent.</summary>
    public void Descriptor(Descriptor descriptor)
    {
        Typed("h");
        _descriptors ??= [];
        if (_descriptors.Count >= BusLimits.DescriptorsPerMessage)
        {
            Failed = true;
        }

        Align(4);
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), (uint)_descriptors.Count);
        _descriptors.Add(descriptor);
    }

    public void StringArray(IEnumerable<string> values)
    {
        BeginArray("s");
        foreach (var value in values)
        {
            String(value);
        }

        EndArray();
    }

    public void ByteArray(ReadOnlySpan<byte> value)
    {
        BeginArray("y");
        value.CopyTo(Reserve(value.Length));
        EndArray();
    }

    /// <summary>Zero bytes up to the next multiple.</summary>
    public void Pad(int alignment) => Align(alignment);

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _length = 0;
        }
    }

    private void Text(string value)
    {
        Align(4);
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            Failed = true;
            value = "";
        }

        var count = Encoding.UTF8.GetByteCount(value);
        var room = Reserve(4 + count + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)count);
        Encoding.UTF8.GetBytes(value, room[4..]);
        room[4 + count] = 0;
    }

    private void ShortText(string value)
    {
        var room = Reserve(value.Length + 2);
        room[0] = (byte)value.Length;
        Encoding.ASCII.GetBytes(value, room[1..]);
        room[value.Length + 1] = 0;
    }

    private void Align(int alignment)
    {
        var padding = -_length & (alignment - 1);
        if (padding > 0)
        {
            Reserve(padding).Clear();
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (count > BusLimits.MessageBytes - _length)
        {
            // Nothing this long is ever sent: keep the caller going on a scratch of the right size, at the body's start.
            Failed = true;
            _length = 0;
            count = Math.Min(count, BusLimits.MessageBytes);
        }

        if (_buffer.Length - _length < count)
        {
            Grow(_length + count);
        }

        var room = _buffer.AsSpan(_length, count);
        _length += count;
        return room;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
