using System.Globalization;
using System.Text;

namespace Trasgo.Cli.Output;

/// <summary>JSON as <c>--output=json</c> and <c>json-pretty</c> write it. The caller balances what it begins.</summary>
internal sealed class JsonText(bool pretty)
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _needsComma;

    internal void BeginArray() => Begin('[');

    internal void EndArray() => End(']');

    internal void BeginObject() => Begin('{');

    internal void EndObject() => End('}');

    internal void Name(string name)
    {
        Separate();
        Quote(name);
        _ = _text.Append(pretty ? " : " : ":");
        _needsComma = false;
        _afterName = true;
    }

    internal void String(string value)
    {
        Separate();
        Quote(value);
        _needsComma = true;
    }

    internal void Raw(string value)
    {
        Separate();
        _ = _text.Append(value);
        _needsComma = true;
    }

    public override string ToString() => _text.ToString();

    private bool _afterName;

    private void Begin(char bracket)
    {
        Separate();
        _ = _text.Append(bracket);
        _depth++;
        _needsComma = false;
    }

    private void End(char bracket)
    {
        _depth--;
        if (_needsComma)
        {
            NewLine();
        }

        _ = _text.Append(bracket);
        _needsComma = true;
    }

    private void Separate()
    {
        if (_afterName)
        {
            _afterName = false;
            return;
        }

        if (_needsComma)
        {
            _ = _text.Append(',');
        }

        if (_depth > 0)
        {
            NewLine();
        }
    }

    private void NewLine()
    {
        if (pretty)
        {
            _ = _text.Append('\n').Append('\t', _depth);
        }
    }

    private void Quote(string value)
    {
        _ = _text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                < ' ' => _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => _text.Append(c),
            };
        }

        _ = _text.Append('"');
    }
}
