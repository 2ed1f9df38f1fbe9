using System.Globalization;
using Trasgo.Bus.Wire;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager.Bus;

/// <summary>A value that a client sent, as the directive rows read it. It remembers where they are, for what is said of a value that is refused.</summary>
internal sealed class DirectiveReader(MessageReader reader) : IValueReader
{
    private bool _atStart = true;

    public string Signature => reader.Signature;

    /// <summary>What was read last, as text.</summary>
    public string Last { get; private set; } = "";

    /// <summary>What was read first of the value, or of the struct in it that was entered last.</summary>
    public string First { get; private set; } = "";

    public byte Byte() => reader.Byte();

    public bool Boolean() => reader.Boolean();

    public ushort UInt16() => Note(reader.UInt16());

    public int Int32() => Note(reader.Int32());

    public uint UInt32() => Note(reader.UInt32());

    public long Int64() => Note(reader.Int64());

    public ulong UInt64() => Note(reader.UInt64());

    public double Double() => reader.Double();

    public string String()
    {
        var text = reader.String();
        Note(text);
        return text;
    }

    public string ObjectPath() => reader.ObjectPath();

    public bool EnterArray(string elementSignature) => reader.EnterArray(elementSignature);

    public bool More() => reader.More();

    public void LeaveArray() => reader.LeaveArray();

    public void EnterStruct()
    {
        _atStart = true;
        reader.EnterStruct();
    }

    public void LeaveStruct() => reader.LeaveStruct();

    public void EnterDictEntry() => reader.EnterDictEntry();

    public void LeaveDictEntry() => reader.LeaveDictEntry();

    public string EnterVariant() => reader.EnterVariant() ?? "";

    public void LeaveVariant() => reader.LeaveVariant();

    private T Note<T>(T number)
        where T : IFormattable
    {
        Note(number.ToString(null, CultureInfo.InvariantCulture));
        return number;
    }

    private void Note(string text)
    {
        Last = text;
        First = _atStart ? text : First;
        _atStart = false;
    }
}
