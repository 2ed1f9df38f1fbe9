using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Trasgo.Bus.Wire;

/// <summary>
/// Checks a received body against its signature in one pass, before anything looks at it: bounds, padding, terminators,
/// UTF-8, nesting. It allocates nothing for hostile input, and every step consumes at least one byte of body or signature.
/// </summary>
internal ref struct BodyValidator(ReadOnlySpan<byte> body, bool bigEndian, int descriptors)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private readonly bool _bigEndian = bigEndian;
    private readonly int _descriptors = descriptors;

    public int Position { get; set; }

    public static bool IsValid(ReadOnlySpan<byte> body, ReadOnlySpan<char> signature, bool bigEndian, int descriptors)
    {
        if (!BusSignature.IsValid(signature))
        {
            return false;
        }

        var validator = new BodyValidator(body, bigEndian, descriptors);
        return validator.Sequence(signature, 0) && validator.Position == body.Length;
    }

    /// <summary>Checks and passes one value of a single complete type.</summary>
    public bool Value(scoped ReadOnlySpan<char> type, int depth)
    {
        if (depth > BusLimits.TotalDepth)
        {
            return false;
        }

        return type[0] switch
        {
            'y' => Skip(1, 1),
            'n' or 'q' => Skip(2, 2),
            'i' or 'u' => Skip(4, 4),
            'x' or 't' or 'd' => Skip(8, 8),
            'b' => Number(out var truth) && truth <= 1,
            'h' => Number(out var index) && index < (uint)_descriptors,
            's' => Text(out var text) && Utf8.IsValid(text),
            'o' => Text(out var path) && IsPath(path),
            'g' => ShortText(out var text) && IsSignature(text, single: false),
            'a' => Array(type[1..], depth),
            '(' or '{' => Skip(8, 0) && Sequence(type[1..^1], depth + 1),
            'v' => Variant(depth),
            _ => false,
        };
    }

    private bool Sequence(scoped ReadOnlySpan<char> signature, int depth)
    {
        while (!signature.IsEmpty)
        {
            var length = BusSignature.ElementLength(signature);
            if (length == 0 || !Value(signature[..length], depth))
            {
                return false;
            }

            signature = signature[length..];
        }

        return true;
    }

    private bool Array(scoped ReadOnlySpan<char> element, int depth)
    {
        if (!Number(out var size) || size > BusLimits.ArrayBytes || !Skip(BusSignature.Alignment(element[0]), 0) ||
            size > (uint)(_body.Length - Position))
        {
            return false;
        }

        var end = Position + (int)size;
        if (element[0] == 'y')
        {
            Position = end;
            return true;
        }

        while (Position < end)
        {
            if (!Value(element, depth + 1))
            {
                return false;
            }
        }

        return Position == end;
    }

    private bool Variant(int depth)
    {
        if (!ShortText(out var text) || !IsSignature(text, single: true))
        {
            return false;
        }

        Span<char> signature = stackalloc char[text.Length];
        Encoding.ASCII.GetChars(text, signature);
        return Value(signature, depth + 1);
    }

    private bool Skip(int alignment, int count)
    {
        var padding = -Position & (alignment - 1);
        if (padding > _body.Length - Position || _body.Slice(Position, padding).ContainsAnyExcept((byte)0))
        {
            return false;
        }

        Position += padding;
        if (count > _body.Length - Position)
        {
            return false;
        }

        Position += count;
        return true;
    }

    private bool Number(out uint value)
    {
        value = 0;
        if (!Skip(4, 4))
        {
            return false;
        }

        var bytes = _body.Slice(Position - 4, 4);
        value = _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return true;
    }

    private bool Text(out ReadOnlySpan<byte> text)
    {
        text = default;
        return Number(out var length) && length < (uint)(_body.Length - Position) && Terminated((int)length, out text);
    }

    private bool ShortText(out ReadOnlySpan<byte> text)
    {
        text = default;
        return Skip(1, 1) && _body[Position - 1] < _body.Length - Position && Terminated(_body[Position - 1], out text);
    }

    private bool Terminated(int length, out ReadOnlySpan<byte> text)
    {
        text = _body.Slice(Position, length);
        var terminated = _body[Position + length] == 0;
        Position += length + 1;
        return terminated && !text.Contains((byte)0);
    }

    private static bool IsSignature(ReadOnlySpan<byte> text, bool single)
    {
        Span<char> signature = stackalloc char[text.Length];
        Encoding.ASCII.GetChars(text, signature);
        return single ? BusSignature.IsSingle(signature) : BusSignature.IsValid(signature);
    }

    private static bool IsPath(ReadOnlySpan<byte> text) =>
        text.Length <= BusLimits.PathBytes && Ascii.IsValid(text) && BusNames.IsObjectPath(Encoding.ASCII.GetString(text));
}
