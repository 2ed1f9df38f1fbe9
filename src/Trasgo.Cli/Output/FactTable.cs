namespace Trasgo.Cli.Output;

/// <summary>Names and values, one a line, the names flush right.</summary>
internal sealed class FactTable(CommandOutput output)
{
    private readonly List<(string Name, string Value, string Color)> _facts = [];

    internal void Add(string name, string value, string color = "") => _facts.Add((name, value, color));

    internal void Print()
    {
        var width = 0;
        foreach (var (name, _, _) in _facts)
        {
            width = Math.Max(width, name.Length);
        }

        foreach (var (name, value, color) in _facts)
        {
            output.WriteLine(color.Length > 0 ? $"{name.PadLeft(width)} {color}{value}{output.Style.Normal}" : $"{name.PadLeft(width)} {value}");
        }
    }
}
