namespace Trasgo.Exec;

/// <summary>
/// An environment under construction: "NAME=value" entries in the order in which their names first came, a later value taking an
/// earlier one's place. That is what systemd's merging gives, and the order shows in /proc/PID/environ.
/// </summary>
internal sealed class EnvironmentBlock
{
    private readonly List<string> _entries = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Entries => _entries;

    public string? this[string name] =>
        _places.TryGetValue(name, out var place) ? _entries[place][(name.Length + 1)..] : null;

    public void Set(string name, string value) => SetEntry($"{name}={value}");

    /// <summary>An entry that is no valid assignment is left out, as systemd does; a NUL in it would end it early for the kernel.</summary>
    public void SetEntry(string entry)
    {
        var equals = entry.IndexOf('=');
        if (equals < 0 || !IsValidName(entry.AsSpan(0, equals)) || !IsValidValue(entry.AsSpan(equals + 1)))
        {
            return;
        }

        var name = entry[..equals];
        if (_places.TryGetValue(name, out var place))
        {
            _entries[place] = entry;
            return;
        }

        _places[name] = _entries.Count;
        _entries.Add(entry);
    }

    public void SetAll(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            SetEntry(entry);
        }
    }

    /// <summary>UnsetEnvironment=: a name goes with any value, an assignment only if the value is the same.</summary>
    public void Unset(string nameOrAssignment)
    {
        var equals = nameOrAssignment.IndexOf('=');
        var name = equals < 0 ? nameOrAssignment : nameOrAssignment[..equals];
        if (!_places.TryGetValue(name, out var place) || (equals >= 0 && _entries[place] != nameOrAssignment))
        {
            return;
        }

        _entries.RemoveAt(place);
        _places.Clear();
        for (var i = 0; i < _entries.Count; i++)
        {
            _places[_entries[i][.._entries[i].IndexOf('=')]] = i;
        }
    }

    public static bool IsValidName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Control characters but tab and newline are refused, NUL among them.</summary>
    public static bool IsValidValue(ReadOnlySpan<char> value)
    {
        foreach (var c in value)
        {
            if ((c < ' ' && c is not ('\t' or '\n')) || c == '\x7f')
            {
                return false;
            }
        }

        return true;
    }
}
