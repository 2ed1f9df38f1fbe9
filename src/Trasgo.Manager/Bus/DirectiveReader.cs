using Trasgo.Bus.Wire;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager.Bus;

/// <summary>A value that a client sent, as the directive rows read it.</summary>
internal sealed class DirectiveReader(MessageReader reader) : IValueReader
{
    public string Signature => reader.Signature;

    public byte Byte() => reader.Byte();

    public bool Boolean() => reader.Boolean();

    public ushort UInt16() => reader.UInt16();

    public int Int32() => reader.Int32();

    public uint UInt32() => reader.UInt32();

    public long Int64() => reader.Int64();

    public ulong UInt64() => reader.UInt64();

    public double Double() => reader.Double();

    public string String() => reader.String();

    public string ObjectPath() => reader.ObjectPath();

    public bool EnterArray(string elementSignature) => reader.EnterArray(elementSignature);

    public bool More() => reader.More();

    public void LeaveArray() => reader.LeaveArray();

    public void EnterStruct() => reader.EnterStruct();

    public void LeaveStruct() => reader.LeaveStruct();

    public void EnterDictEntry() => reader.EnterDictEntry();

    public void LeaveDictEntry() => reader.LeaveDictEntry();

    public string EnterVariant() => reader.EnterVariant() ?? "";

    public void LeaveVariant() => reader.LeaveVariant();
}
