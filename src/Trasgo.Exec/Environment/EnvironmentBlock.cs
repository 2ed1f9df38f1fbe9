using System.Buffers;
using System.Runtime.InteropServices;

namespace Trasgo.Exec;

/// <summary>
/// An environment under construction: its variables in the order in which their names first came, a later value taking an earlier one's place. That
/// is what systemd's merging gives, and the order shows in /proc/PID/environ. Mostly it is short, and to look through it is quicker than to make a
/// table for each process; a long one gets a table, since an environment file of a hundred thousand lines would otherwise take a minute.
/// </summary>
internal sealed class EnvironmentBlock
{
    private const int TableFrom = 64;

    private static readonly SearchValues<char> s_ofNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Control characters but tab and newline, which are refused in values; NUL is among them.</summary>
    private static readonly SearchValues<char> s_control = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000b\u000c\u000d\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015" +
        "\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f");

    private readonly List<EnvironmentVariable> _variables = new(16);
    private Dictionary<string, int>? _places;

    public ReadOnlySpan<EnvironmentVariable> Variables => CollectionsMarshal.AsSpan(_variables);

    /// <summary>As assignments.</summary>
    public List<string> Entries => _variables.ConvertAll(static variable => variable.ToString());

    public string? this[ReadOnlySpan<char> name] => PlaceOf(name) is >= 0 and var place ? _variables[place].Value.ToString() : null;

    public void Set(string name, string value) => Put(new EnvironmentVariable(name, value));

    /// <summary>An entry that is no valid assignment is left out, as systemd does; a NUL in it would end it early for the kernel.</summary>
    public void SetEntry(string entry)
    {
        var equals = entry.IndexOf('=');
        if (equals >= 0)
        {
            Put(new EnvironmentVariable(entry, equals));
        }
    }

    public void SetAll(IReadOnlyList<string> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            SetEntry(entries[i]);
        }
    }

    /// <summary>UnsetEnvironment=: a name goes with any value, an assignment only if the value is the same.</summary>
    public void Unset(string nameOrAssignment)
    {
        var equals = nameOrAssignment.IndexOf('=');
        var place = PlaceOf(equals < 0 ? nameOrAssignment : nameOrAssignment.AsSpan(0, equals));
        if (place >= 0 && (equals < 0 || _variables[place].Value.SequenceEqual(nameOrAssignment.AsSpan(equals + 1))))
        {
            _variables.RemoveAt(place);
            _places = null;
        }
    }

    private static bool IsValidName(ReadOnlySpan<char> name) =>
        !name.IsEmpty && !char.IsAsciiDigit(name[0]) && !name.ContainsAnyExcept(s_ofNames);

    private static bool IsValidValue(ReadOnlySpan<char> value) => !value.ContainsAny(s_control);

    private void Put(EnvironmentVariable variable)
    {
        if (!IsValidName(variable.Name) || !IsValidValue(variable.Value))
        {
            return;
        }

        var place = PlaceOf(variable.Name);
        if (place >= 0)
        {
            _variables[place] = variable;
            return;
        }

        _places?.Add(variable.Name.ToString(), _variables.Count);
        _variables.Add(variable);
    }

    /// <summary>-1 if there is none.</summary>
    private int PlaceOf(ReadOnlySpan<char> name)
    {
        if (_variables.Count >= TableFrom)
        {
            return (_places ??= Table()).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var place) ? place : -1;
        }

        var variables = Variables;
        for (var i = 0; i < variables.Length; i++)
        {
            if (variables[i].Name.SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, int> Table()
    {
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _variables.Count; i++)
        {
            table.Add(_variables[i].Name.ToString(), i);
        }

        return table;
    }
}
