using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>All rows for one configuration. The order is that of systemd's properties on the bus; rows without one stand anywhere.</summary>
internal sealed class DirectiveTable<TConfig>
{
    private readonly Dictionary<(string Section, string Name), Directive<TConfig>> _byName;
    private readonly Dictionary<string, Directive<TConfig>> _byBusName;

    /// <param name="notBuilt">Why no row of the table has an effect, for unit types that cannot be started yet.</param>
    public DirectiveTable(Directive<TConfig>[] rows, Enforcement? notBuilt = null)
    {
        Rows = rows;
        foreach (var row in rows)
        {
            row.Enforcement = notBuilt is not null && row.Enforcement.Kind != EnforcementKind.Ignored ? notBuilt : row.Enforcement;
        }

        _byName = new(rows.Length);
        _byBusName = new(rows.Length, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.Name.Length > 0)
            {
                _byName.Add((row.Section, row.Name), row);
            }

            if (row.IsOnBus)
            {
                _byBusName.Add(row.BusName, row);
            }
        }
    }

    public IReadOnlyList<Directive<TConfig>> Rows { get; }

    public Directive<TConfig>? Find(string section, string name) => _byName.GetValueOrDefault((section, name));

    public Directive<TConfig>? FindBus(string busName) => _byBusName.GetValueOrDefault(busName);

    /// <summary>Reads one assignment; false if the table does not know it, which is for the caller to report.</summary>
    public bool Apply(TConfig config, in Assignment assignment, ParseContext context)
    {
        if (Find(assignment.Section, assignment.Key) is not { } row)
        {
            return false;
        }

        row.Parse(config, assignment.Value, context.At(assignment));
        return true;
    }

    /// <summary>The lines in which the configuration differs from another (the defaults).</summary>
    public List<Setting> Difference(TConfig config, TConfig from)
    {
        var result = new List<Setting>();
        var mine = new List<Setting>();
        var theirs = new List<Setting>();
        foreach (var row in Rows)
        {
            mine.Clear();
            theirs.Clear();
            row.Format(config, mine);
            row.Format(from, theirs);
            if (!mine.SequenceEqual(theirs))
            {
                result.AddRange(mine);
            }
        }

        return result;
    }
}
