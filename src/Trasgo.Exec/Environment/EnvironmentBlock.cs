using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec;

/// <summary>
/// An environment under construction: "NAME=value" entries in the order in which their names first came, a later value taking an
/// earlier one's place. That is what systemd's merging gives, and the order shows in /proc/PID/environ.
/// </summary>
internal sealed class EnvironmentBlock
{
    private List<string> _entries = [];

    public IReadOnlyList<string> Entries => _entries;

    public string? this[string name] => PlaceOf(name) is >= 0 and var place ? _entries[place][(name.Length + 1)..] : null;

    public void Set(string name, string value) => SetEntry($"{name}={value}");

    /// <summary>An entry that is no valid assignment is left out, as systemd does; a NUL in it would end it early for the kernel.</summary>
    public void SetEntry(string entry)
    {
        var equals = entry.IndexOf('=');
        if (equals < 0 || !IsValidName(entry.AsSpan(0, equals)) || !IsValidValue(entry.AsSpan(equals + 1)))
        {
            return;
        }

        AssignmentPlaces.Replace(_entries, entry);
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
        var place = PlaceOf(equals < 0 ? nameOrAssignment : nameOrAssignment.AsSpan(0, equals));
        if (place >= 0 && (equals < 0 || _entries[place] == nameOrAssignment))
        {
            // Not the same list, lest the table of its names be wrong.
            _entries = [.. _entries];
            _entries.RemoveAt(place);
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

    /// <summary>-1 if there is none. An environment is short: to look through it is quicker than to make a table for each process.</summary>
    private int PlaceOf(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i].AsSpan();
            if (entry.Length > name.Length && entry[name.Length] == '=' && entry.StartsWith(name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
