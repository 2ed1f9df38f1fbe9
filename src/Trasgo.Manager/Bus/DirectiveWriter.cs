using Trasgo.Bus.Wire;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager.Bus;

/// <summary>Lets the directive rows, which know no bus, write into a message. One is enough: the manager has one thread.</summary>
internal sealed class DirectiveWriter : IValueWriter
{
    private MessageWriter _writer = null!;

    [ThreadStatic]
    private static DirectiveWriter? s_shared;

    public static DirectiveWriter Over(MessageWriter writer)
    {
        var shared = s_shared ??= new DirectiveWriter();
        shared._writer = writer;
        return shared;
    }

    public void Byte(byte value) => _writer.Byte(value);

    public void Boolean(bool value) => _writer.Boolean(value);

    public void UInt16(ushort value) => _writer.UInt16(value);

    public void Int32(int value) => _writer.Int32(value);

    public void UInt32(uint value) => _writer.UInt32(value);

    public void Int64(long value) => _writer.Int64(value);

    public void UInt64(ulong value) => _writer.UInt64(value);

    public void Double(double value) => _writer.Double(value);

    public void String(string value) => _writer.String(value);

    public void ObjectPath(string value) => _writer.ObjectPath(value);

    public void BeginArray(string elementSignature) => _writer.BeginArray(elementSignature);

    public void EndArray() => _writer.EndArray();

    public void BeginStruct() => _writer.BeginStruct();

    public void EndStruct() => _writer.EndStruct();

    public void BeginDictEntry() => _writer.BeginDictEntry();

    public void EndDictEntry() => _writer.EndDictEntry();

    public void BeginVariant(string signature) => _writer.BeginVariant(signature);

    public void EndVariant() => _writer.EndVariant();
}
