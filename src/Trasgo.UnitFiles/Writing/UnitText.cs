using System.Text;

namespace Trasgo.UnitFiles.Writing;

/// <summary>The text of one unit file.</summary>
internal sealed class UnitText
{
    private readonly StringBuilder _text = new();

    public void Comment(string text) => _text.Append("# ").Append(UnitLine.OneLine(text)).Append('\n');

    public void Section(string name, IEnumerable<UnitLine> lines)
    {
        _text.Append(_text.Length > 0 ? "\n" : "").Append('[').Append(name).Append("]\n");
        foreach (var line in lines)
        {
            _text.Append(line.Name).Append('=').Append(line.Value).Append('\n');
        }
    }

    public override string ToString() => _text.ToString();
}
