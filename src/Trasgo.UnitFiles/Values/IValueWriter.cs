namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Where a directive's value goes when it is shown on the bus. The shape is that of a D-Bus marshaller, but this project
/// does not know the bus: the manager adapts its message writer to it, and tests print to text.
/// </summary>
internal interface IValueWriter
{
    void Byte(byte value);

    void Boolean(bool value);

    void UInt16(ushort value);

    void Int32(int value);

    void UInt32(uint value);

    void Int64(long value);

    void UInt64(ulong value);

    void Double(double value);

    void String(string value);

    void ObjectPath(string value);

    void BeginArray(string elementSignature);

    void EndArray();

    void BeginStruct();

    void EndStruct();

    void BeginDictEntry();

    void EndDictEntry();

    void BeginVariant(string signature);

    void EndVariant();
}
