namespace Trasgo.Bus.Wire;

/// <summary>The cursor over the signature, and the containers that it opens.</summary>
internal sealed partial class MessageReader
{
    private Frame[] _outer = [];
    private int _depth;
    private Frame _frame;

    /// <summary>The type code of the next value, NUL where the container or the body ends.</summary>
    public char NextType => Failed || _frame.SignatureAt >= _frame.SignatureEnd || (_frame.Kind == 'a' && _at >= _frame.Limit)
        ? '\0'
        : _frame.Signature[_frame.SignatureAt];

    /// <summary>The complete type of the next value; of a variant it is <c>v</c>. Empty where nothing follows.</summary>
    public string Signature
    {
        get
        {
            if (NextType == '\0')
            {
                return "";
            }

            var rest = _frame.Rest;
            return new string(rest[..TypeLength(rest)]);
        }
    }

    /// <summary>Whether another value follows in this container.</summary>
    public bool More() => NextType != '\0';

    /// <summary>Opens an array if its elements have that type; an empty text takes any type.</summary>
    public bool EnterArray(string elementSignature)
    {
        if (NextType != 'a')
        {
            return Refuse();
        }

        var element = _frame.Rest[1..];
        var length = TypeLength(element);
        if (length == 0 || (elementSignature.Length > 0 && !element[..length].SequenceEqual(elementSignature)))
        {
            return Refuse();
        }

        var from = _frame.SignatureAt + 1;
        Advance(1 + length);
        var size = Raw32();
        if (Failed || size > BusLimits.ArrayBytes || !Align(BusSignature.Alignment(element[0])) || size > _frame.Limit - _at)
        {
            return Refuse();
        }

        return Push(new Frame('a', _frame.Signature, from, from + length, _at + (int)size));
    }

    public void LeaveArray()
    {
        if (!Failed && _frame.Kind == 'a')
        {
            _at = _frame.Limit;
        }

        Pop('a');
    }

    public bool EnterStruct() => EnterGroup('(');

    public void LeaveStruct() => LeaveGroup('(');

    public bool EnterDictEntry() => EnterGroup('{');

    public void LeaveDictEntry() => LeaveGroup('{');

    /// <summary>Opens a variant and answers the signature of its value, or null.</summary>
    public string? EnterVariant()
    {
        if (!Expect('v'))
        {
            return null;
        }

        var signature = ShortText();
        if (Failed || !BusSignature.IsSingle(signature))
        {
            Failed = true;
            return null;
        }

        return Push(new Frame('v', signature, 0, signature.Length, _frame.Limit)) ? signature : null;
    }

    public void LeaveVariant() => LeaveGroup('v');

    /// <summary>Steps over one value of any type.</summary>
    public void Skip()
    {
        var rest = _frame.Rest;
        var length = NextType == '\0' ? 0 : TypeLength(rest);
        if (length == 0)
        {
            Refuse();
            return;
        }

        var validator = new BodyValidator(_body.Span[.._frame.Limit], _bigEndian, int.MaxValue) { Position = _at };
        if (!validator.Value(rest[..length], _depth))
        {
            Refuse();
            return;
        }

        _at = validator.Position;
        Advance(length);
    }

    private bool EnterGroup(char kind)
    {
        if (NextType != kind)
        {
            return Refuse();
        }

        var length = TypeLength(_frame.Rest);
        var from = _frame.SignatureAt;
        Advance(length);
        return Align(8) && Push(new Frame(kind, _frame.Signature, from + 1, from + length - 1, _frame.Limit));
    }

    private void LeaveGroup(char kind)
    {
        while (!Failed && _frame.Kind == kind && NextType != '\0')
        {
            Skip();
        }

        Pop(kind);
    }

    private bool Expect(char type)
    {
        if (NextType != type)
        {
            return Refuse();
        }

        Advance(1);
        return true;
    }

    /// <summary>Past one type; in an array the element's type starts over.</summary>
    private void Advance(int length)
    {
        _frame.SignatureAt += length;
        if (_frame.Kind == 'a' && _frame.SignatureAt >= _frame.SignatureEnd)
        {
            _frame.SignatureAt = _frame.SignatureStart;
        }
    }

    // The length of a type that sits inside a valid signature; a dictionary entry is valid there only.
    private static int TypeLength(ReadOnlySpan<char> signature)
    {
        if (signature.IsEmpty || signature[0] != '{')
        {
            return BusSignature.ElementLength(signature);
        }

        return 3 + BusSignature.ElementLength(signature[2..]);
    }

    private bool Push(Frame frame)
    {
        if (_depth >= BusLimits.TotalDepth)
        {
            return Refuse();
        }

        if (_depth == _outer.Length)
        {
            Array.Resize(ref _outer, Math.Max(4, _depth * 2));
        }

        _outer[_depth++] = _frame;
        _frame = frame;
        return true;
    }

    private void Pop(char kind)
    {
        if (Failed)
        {
            return;
        }

        if (_depth == 0 || _frame.Kind != kind)
        {
            Failed = true;
            return;
        }

        _frame = _outer[--_depth];
    }

    private bool Refuse()
    {
        Failed = true;
        return false;
    }

    private struct Frame(char kind, string signature, int start, int end, int limit)
    {
        public readonly char Kind = kind;
        public readonly string Signature = signature;
        public readonly int SignatureStart = start;
        public readonly int SignatureEnd = end;
        public readonly int Limit = limit;
        public int SignatureAt = start;

        public readonly ReadOnlySpan<char> Rest => Signature.AsSpan(SignatureAt, SignatureEnd - SignatureAt);
    }
}
