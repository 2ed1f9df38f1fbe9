using System.Globalization;
using System.Text;
using System.Text.Json;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>Writes a value as the JSON that `busctl --json=short get-property` prints for its data.</summary>
internal sealed class ValueJson : IValueWriter
{
    private readonly StringBuilder _text = new();
    private bool _comma;

    public static string Of(Action<IValueWriter> write)
    {
        var json = new ValueJson();
        write(json);
        return json._text.ToString();
    }

    public void Byte(byte value) => Item(value.ToString(CultureInfo.InvariantCulture));

    public void Boolean(bool value) => Item(value ? "true" : "false");

    public void UInt16(ushort value) => Item(value.ToString(CultureInfo.InvariantCulture));

    public void Int32(int value) => Item(value.ToString(CultureInfo.InvariantCulture));

    public void UInt32(uint value) => Item(value.ToString(CultureInfo.InvariantCulture));

    public void Int64(long value) => Item(value.ToString(CultureInfo.InvariantCulture));

    public void UInt64(ulong value) => Item(value.ToString(CultureInfo.InvariantCulture));

    public void Double(double value) => Item(value.ToString(CultureInfo.InvariantCulture));

    public void String(string value) => Item(JsonSerializer.Serialize(value, s_options));

    public void ObjectPath(string value) => String(value);

    public void BeginArray(string elementSignature) => Open();

    public void EndArray() => Close();

    public void BeginStruct() => Open();

    public void EndStruct() => Close();

    public void BeginDictEntry() => Open();

    public void EndDictEntry() => Close();

    public void BeginVariant(string signature) => Open();

    public void EndVariant() => Close();

    private static readonly JsonSerializerOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private void Item(string text)
    {
        _text.Append(_comma ? "," : "").Append(text);
        _comma = true;
    }

    private void Open()
    {
        Item("[");
        _comma = false;
    }

    private void Close()
    {
        _text.Append(']');
        _comma = true;
    }
}
