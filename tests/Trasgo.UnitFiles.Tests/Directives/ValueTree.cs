using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>A value in memory: what a row writes, for a row to read as if a client had sent it.</summary>
internal sealed class ValueTree : IValueWriter, IValueReader
{
    private readonly Stack<List<object>> _writing = new();
    private readonly Stack<(List<object> Items, int Next)> _reading = new();
    private readonly List<object> _root = [];

    private ValueTree(string signature)
    {
        Signature = signature;
        _writing.Push(_root);
    }

    public string Signature { get; }

    /// <summary>Written by the action, to be read under the signature.</summary>
    public static ValueTree Of(string signature, Action<IValueWriter> write)
    {
        var tree = new ValueTree(signature);
        write(tree);
        tree._reading.Push((tree._root, 0));
        return tree;
    }

    public bool More() => _reading.Peek().Next < _reading.Peek().Items.Count;

    void IValueWriter.Byte(byte value) => _writing.Peek().Add(value);

    void IValueWriter.Boolean(bool value) => _writing.Peek().Add(value);

    void IValueWriter.UInt16(ushort value) => _writing.Peek().Add(value);

    void IValueWriter.Int32(int value) => _writing.Peek().Add(value);

    void IValueWriter.UInt32(uint value) => _writing.Peek().Add(value);

    void IValueWriter.Int64(long value) => _writing.Peek().Add(value);

    void IValueWriter.UInt64(ulong value) => _writing.Peek().Add(value);

    void IValueWriter.Double(double value) => _writing.Peek().Add(value);

    void IValueWriter.String(string value) => _writing.Peek().Add(value);

    void IValueWriter.ObjectPath(string value) => _writing.Peek().Add(value);

    void IValueWriter.BeginArray(string elementSignature) => Begin();

    void IValueWriter.EndArray() => _writing.Pop();

    void IValueWriter.BeginStruct() => Begin();

    void IValueWriter.EndStruct() => _writing.Pop();

    void IValueWriter.BeginDictEntry() => Begin();

    void IValueWriter.EndDictEntry() => _writing.Pop();

    void IValueWriter.BeginVariant(string signature) => Begin();

    void IValueWriter.EndVariant() => _writing.Pop();

    byte IValueReader.Byte() => Take<byte>();

    bool IValueReader.Boolean() => Take<bool>();

    ushort IValueReader.UInt16() => Take<ushort>();

    int IValueReader.Int32() => Take<int>();

    uint IValueReader.UInt32() => Take<uint>();

    long IValueReader.Int64() => Take<long>();

    ulong IValueReader.UInt64() => Take<ulong>();

    double IValueReader.Double() => Take<double>();

    string IValueReader.String() => Take<string>();

    string IValueReader.ObjectPath() => Take<string>();

    bool IValueReader.EnterArray(string elementSignature)
    {
        Enter();
        return true;
    }

    void IValueReader.LeaveArray() => _reading.Pop();

    void IValueReader.EnterStruct() => Enter();

    void IValueReader.LeaveStruct() => _reading.Pop();

    void IValueReader.EnterDictEntry() => Enter();

    void IValueReader.LeaveDictEntry() => _reading.Pop();

    string IValueReader.EnterVariant() => throw new NotSupportedException();

    void IValueReader.LeaveVariant() => throw new NotSupportedException();

    private void Begin()
    {
        var items = new List<object>();
        _writing.Peek().Add(items);
        _writing.Push(items);
    }

    private void Enter() => _reading.Push((Take<List<object>>(), 0));

    private T Take<T>()
    {
        var (items, next) = _reading.Pop();
        _reading.Push((items, next + 1));
        return (T)items[next];
    }
}
