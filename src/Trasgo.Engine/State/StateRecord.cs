using System.Globalization;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.State;

/// <summary>
/// What is to be known of one thing - a unit, a job, the manager itself - after the manager has been replaced: fields, each a key and words. Whoever
/// the thing belongs to writes and reads its own record. What is as it is at the beginning is not written; a field that cannot be read, or that is not
/// known, is as if it were not there, so that an older and a newer manager understand each other as far as they can.
/// </summary>
internal sealed class StateRecord(string kind, string name, IDescriptorShelf shelf)
{
    private readonly List<KeyValuePair<string, string[]>> _fields = [];

    public string Kind => kind;

    public string Name => name;

    public IReadOnlyList<KeyValuePair<string, string[]>> Fields => _fields;

    public void Add(string key, params string[] words) => _fields.Add(new(key, words));

    public void Put(string key, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Add(key, text);
        }
    }

    public void Put(string key, ulong number, ulong absent = 0)
    {
        if (number != absent)
        {
            Add(key, Text(number));
        }
    }

    public void Put(string key, bool flag)
    {
        if (flag)
        {
            Add(key, "yes");
        }
    }

    public void Put(string key, DualTimestamp time)
    {
        if (time.IsSet)
        {
            Add(key, Text(time.Realtime), Text(time.Monotonic));
        }
    }

    /// <summary>By name, as numbers would mean something else where a value has been added.</summary>
    public void PutEnum<T>(string key, T value, T absent = default)
        where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, absent))
        {
            Add(key, value.ToString());
        }
    }

    public void Put(string key, Descriptor? descriptor)
    {
        if (descriptor is { IsClosed: false, IsInvalid: false })
        {
            Add(key, Shelve(descriptor));
        }
    }

    /// <summary>The word that stands for a descriptor.</summary>
    public string Shelve(Descriptor descriptor) => Text((ulong)shelf.Put(descriptor));

    public static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The words of each field of that key.</summary>
    public IEnumerable<string[]> All(string key)
    {
        foreach (var field in _fields)
        {
            if (field.Key == key)
            {
                yield return field.Value;
            }
        }
    }

    /// <summary>As <see cref="All"/>, without fields that have fewer words.</summary>
    public IEnumerable<string[]> All(string key, int least)
    {
        foreach (var words in All(key))
        {
            if (words.Length >= least)
            {
                yield return words;
            }
        }
    }

    public bool Has(string key) => First(key) is not null;

    public string Text(string key) => First(key) is [var text, ..] ? text : "";

    public ulong Number(string key, ulong absent = 0) => First(key) is [var text, ..] && TryNumber(text, out var number) ? number : absent;

    public uint Count(string key) => (uint)Math.Min(Number(key), uint.MaxValue);

    public bool Flag(string key) => Text(key) == "yes";

    public DualTimestamp Time(string key) =>
        First(key) is [var realtime, var monotonic, ..] && TryNumber(realtime, out var wall) && TryNumber(monotonic, out var steady) ? new(wall, steady) : default;

    public T Enum<T>(string key, T absent = default)
        where T : struct, Enum => First(key) is [var text, ..] && TryEnum(text, out T value) ? value : absent;

    public (ulong Soft, ulong Hard)? Limit(string key) =>
        First(key) is [var soft, var hard, ..] && TryNumber(soft, out var least) && TryNumber(hard, out var most) ? (least, most) : null;

    public Descriptor? Descriptor(string key) => First(key) is [var text, ..] ? Unshelve(text) : null;

    public Descriptor? Unshelve(string word) =>
        TryNumber(word, out var number) && number <= int.MaxValue ? shelf.Take((int)number) : null;

    public static bool TryNumber(string text, out ulong number) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public static int Int(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static bool TryEnum<T>(string text, out T value)
        where T : struct, Enum
    {
        // Numbers are taken too, which would let in what is no value at all.
        value = default;
        return text.Length > 0 && char.IsAsciiLetter(text[0]) && System.Enum.TryParse(text, out value) && System.Enum.IsDefined(value);
    }

    private string[]? First(string key)
    {
        foreach (var field in _fields)
        {
            if (field.Key == key)
            {
                return field.Value;
            }
        }

        return null;
    }
}
