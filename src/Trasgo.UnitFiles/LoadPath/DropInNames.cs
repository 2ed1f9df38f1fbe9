using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>The names a drop-in directory of a unit may bear, the most specific first.</summary>
internal static class DropInNames
{
    public static List<string> Of(UnitName name)
    {
        var names = new List<string>();
        for (var current = name; current is not null; current = Shorter(current))
        {
            Add(names, current.Text);
            if (current.IsInstance)
            {
                // The template has shorter names of its own, which come before those of the instance.
                foreach (var other in Of(current.Template!))
                {
                    Add(names, other);
                }
            }
        }

        return names;
    }

    private static void Add(List<string> names, string name)
    {
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            names.Add(name);
        }
    }

    /// <summary>foo-bar.service -> foo-.service; null when no inner dash is left.</summary>
    private static UnitName? Shorter(UnitName name)
    {
        var prefix = name.Prefix;
        if (prefix.EndsWith('-'))
        {
            prefix = prefix[..^1];
        }

        var dash = prefix.LastIndexOf('-');
        if (dash <= 0)
        {
            return null;
        }

        return UnitName.Build(prefix[..(dash + 1)], name.IsInstance ? name.Instance : null, name.Type);
    }
}
