namespace Trasgo.UnitFiles.Values;

/// <summary>
/// A value that a client sent for a property (SetUnitProperties, StartTransientUnit). <see cref="Signature"/> is the complete
/// type of the value; a directive looks at it first and reads nothing that it does not announce, so the implementation
/// may treat a mismatch as an empty value, but must not throw on hostile contents.
/// </summary>
internal interface IValueReader
{
    string Signature { get; }

    byte Byte();

    bool Boolean();

    ushort UInt16();

    int Int32();

    uint UInt32();

    long Int64();

    ulong UInt64();

    double Double();

    string String();

    string ObjectPath();

    bool EnterArray(string elementSignature);

    /// <summary>Whether the array that was entered last holds another element.</summary>
    bool More();

    void LeaveArray();

    void EnterStruct();

    void LeaveStruct();

    void EnterDictEntry();

    void LeaveDictEntry();

    /// <summary>The signature of what the variant holds.</summary>
    string EnterVariant();

    void LeaveVariant();
}
