using System.Runtime.CompilerServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Where in a list of "NAME=value" a name stands. Lists of a few dozen are looked through; a longer one gets a table, since a unit file
/// of a hundred thousand assignments would otherwise take a minute, and everybody with it.
/// </summary>
internal static class AssignmentPlaces
{
    private const int TableFrom = 64;

    private static readonly ConditionalWeakTable<List<string>, Dictionary<string, int>> s_tables = [];

    /// <summary>
    /// A later assignment of the same name takes the place of the earlier one. A list that has a table must not be changed but by this
    /// method, or by being emptied.
    /// </summary>
    public static void Replace(List<string> list, string assignment)
    {
        var name = assignment[..(assignment.IndexOf('=', StringComparison.Ordinal) + 1)];
        if (list.Count < TableFrom)
        {
            Put(list, assignment, list.FindIndex(item => item.StartsWith(name, StringComparison.Ordinal)));
            return;
        }

        var table = TableOf(list);
        if (table.TryGetValue(name, out var place))
        {
            list[place] = assignment;
            return;
        }

        table.Add(name, list.Count);
        list.Add(assignment);
    }

    private static void Put(List<string> list, string assignment, int place)
    {
        if (place >= 0)
        {
            list[place] = assignment;
        }
        else
        {
            list.Add(assignment);
        }
    }

    private static Dictionary<string, int> TableOf(List<string> list)
    {
        // A list that was emptied comes by the first length again, whatever its table says.
        if (list.Count > TableFrom && s_tables.TryGetValue(list, out var known) && known.Count == list.Count)
        {
            return known;
        }

        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            table[list[i][..(list[i].IndexOf('=', StringComparison.Ordinal) + 1)]] = i;
        }

        s_tables.AddOrUpdate(list, table);
        return table;
    }
}
