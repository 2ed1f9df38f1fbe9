using System.Runtime.CompilerServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// systemd's words for the members of an enumeration whose members count up from zero. No reflection: the words stand
/// next to the enumeration in the order of its members.
/// </summary>
internal sealed class NameTable<T>
    where T : struct, Enum
{
    private readonly string[] _names;

    public NameTable(params string[] names) => _names = names;

    public IReadOnlyList<string> Names => _names;

    public string Name(T value)
    {
        var index = Unsafe.As<T, int>(ref value);
        return (uint)index < (uint)_names.Length ? _names[index] : "";
    }

    public bool TryParse(string text, out T value)
    {
        var index = Array.IndexOf(_names, text);
        value = index >= 0 ? Unsafe.As<int, T>(ref index) : default;
        return index >= 0;
    }
}
