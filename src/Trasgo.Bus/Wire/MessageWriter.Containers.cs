using System.Buffers.Binary;
using System.Text;

namespace Trasgo.Bus.Wire;

/// <summary>Arrays, structs, dictionary entries, variants and the signature that they add up to.</summary>
internal sealed partial class MessageWriter
{
    private readonly StringBuilder _signature = new();
    private Frame[] _frames = new Frame[8];
    private int _depth;
    private int _fixed;

    private enum Container : byte
    {
        Array,
        Struct,
        Entry,
        Variant,
    }

    /// <summary>The signature of all that was written so far.</summary>
    public string BodySignature => _signature.ToString();

    public void BeginArray(string elementSignature)
    {
        Typed("a");
        Typed(elementSignature);
        Align(4);
        var at = _length;
        Reserve(4).Clear();
        Align(BusSignature.Alignment(elementSignature[0]));
        Push(new Frame(Container.Array, at, _length));
    }

    public void EndArray()
    {
        var frame = Pop(Container.Array);
        var size = _length - frame.Start;
        if (size is < 0 or > BusLimits.ArrayBytes)
        {
            Failed = true;
            return;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(frame.LengthAt), (uint)size);
    }

    public void BeginStruct()
    {
        Typed("(");
        Align(8);
        Push(new Frame(Container.Struct, 0, 0));
    }

    public void EndStruct()
    {
        Pop(Container.Struct);
        Typed(")");
    }

    public void BeginDictEntry()
    {
        Align(8);
        Push(new Frame(Container.Entry, 0, 0));
    }

    public void EndDictEntry() => Pop(Container.Entry);

    public void BeginVariant(string signature)
    {
        Typed("v");
        if (!BusSignature.IsSingle(signature))
        {
            Failed = true;
        }

        ShortText(signature);
        Push(new Frame(Container.Variant, 0, 0));
    }

    public void EndVariant() => Pop(Container.Variant);

    /// <summary>Appends to the signature, unless an enclosing array or variant has already told the type.</summary>
    private void Typed(string type)
    {
        if (_fixed > 0)
        {
            return;
        }

        _signature.Append(type);
        if (_signature.Length > BusLimits.SignatureBytes)
        {
            Failed = true;
        }
    }

    private void Push(Frame frame)
    {
        if (_depth >= BusLimits.TotalDepth)
        {
            Failed = true;
        }

        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        _frames[_depth++] = frame;
        if (frame.Kind is Container.Array or Container.Variant)
        {
            _fixed++;
        }
    }

    private Frame Pop(Container kind)
    {
        if (_depth == 0 || _frames[_depth - 1].Kind != kind)
        {
            throw new InvalidOperationException($"A {kind} is closed that is not the innermost container.");
        }

        if (kind is Container.Array or Container.Variant)
        {
            _fixed--;
        }

        return _frames[--_depth];
    }

    private readonly record struct Frame(Container Kind, int LengthAt, int Start);
}
