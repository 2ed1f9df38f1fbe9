namespace Trasgo.Cli.Bus;

/// <summary>Properties by name, in the order they came in. What is not there is empty, zero or the given default.</summary>
internal sealed class PropertyBag
{
    private readonly List<(string Name, BusValue Value)> _ordered = [];
    private readonly Dictionary<string, BusValue> _byName = [];

    /// <param name="properties">An a{sv}.</param>
    internal PropertyBag(BusValue properties)
    {
        foreach (var property in properties.Items)
        {
            var value = property[1][0];
            _ordered.Add((property[0].Text, value));
            _byName[property[0].Text] = value;
        }
    }

    internal IReadOnlyList<(string Name, BusValue Value)> Ordered => _ordered;

    internal BusValue this[string name] => _byName.TryGetValue(name, out var value) ? value : new BusValue("", "");

    internal bool Has(string name) => _byName.ContainsKey(name);

    internal string Text(string name) => this[name].Text;

    internal string[] Texts(string name) => this[name].Texts;

    internal bool Flag(string name) => this[name].Flag;

    internal ulong Number(string name, ulong otherwise = 0) =>
        _byName.TryGetValue(name, out var value) ? value.Unsigned : otherwise;

    internal int Signed(string name) => (int)this[name].Signed;
}
