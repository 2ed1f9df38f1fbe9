using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Names to allow or, behind "~", to forbid. How words become names, and with what each list starts, differs between
/// directives.
/// </summary>
internal sealed class NameFilterKind(string syntax, string good, string? bad, ExtractFlags flags) : ValueKind<NameFilter>("(bas)", syntax)
{
    public override string Good => good;

    public override string? Bad => bad;

    /// <summary>Gives the names a word stands for, each with what follows its colon; false for an unknown word.</summary>
    public required Func<string, ParseContext, List<KeyValuePair<string, string>>, bool> Resolve { get; init; }

    /// <summary>The names every allow list starts with.</summary>
    public Func<IEnumerable<string>>? AllowedAnyway { get; init; }

    /// <summary>The word that means an allow list of nothing.</summary>
    public string? None { get; init; }

    public override void Parse(string text, ref NameFilter value, ParseContext context)
    {
        if (text.Length == 0)
        {
            value.Clear();
            return;
        }

        if (string.Equals(text, None, StringComparison.Ordinal))
        {
            value.Clear();
            value.IsSet = value.IsAllowList = true;
            return;
        }

        var invert = text[0] == '~';
        Begin(value, !invert);
        if (Quoting.SplitWords(invert ? text[1..] : text, flags) is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        var names = new List<KeyValuePair<string, string>>();
        foreach (var word in words)
        {
            names.Clear();
            if (!Resolve(word, context, names))
            {
                context.Ignore("has an unknown name", word);
                continue;
            }

            Add(value, names, !invert);
        }
    }

    public override void Write(NameFilter value, IValueWriter writer)
    {
        writer.BeginStruct();
        writer.Boolean(value.IsAllowList);
        writer.BeginArray("s");
        if (value.Count > 0)
        {
            foreach (var (name, suffix) in value.Names)
            {
                writer.String(suffix.Length > 0 ? $"{name}:{suffix}" : name);
            }
        }

        writer.EndArray();
        writer.EndStruct();
    }

    public override void Format(NameFilter value, List<string> texts)
    {
        texts.Add("");
        if (value.IsSet)
        {
            var names = string.Join(' ', value.Names.Select(static n => n.Value.Length > 0 ? $"{n.Key}:{n.Value}" : n.Key));
            texts.Add(names.Length == 0 && None is not null ? None : (value.IsAllowList ? "" : "~") + names);
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        reader.EnterStruct();
        var allow = reader.Boolean();
        var names = BusLists.Strings(reader);
        reader.LeaveStruct();
        foreach (var name in names)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAny(" \t\n\r\"'\\~%\0"))
            {
                return false;
            }
        }

        texts.Add(names.Count == 0 ? allow && None is not null ? None : "" : (allow ? "" : "~") + string.Join(' ', names));
        return true;
    }

    private static void Add(NameFilter filter, List<KeyValuePair<string, string>> names, bool allow)
    {
        foreach (var (name, suffix) in names)
        {
            if (filter.IsAllowList == allow)
            {
                filter.Names[name] = suffix;
            }
            else
            {
                filter.Names.Remove(name);
            }
        }
    }

    private void Begin(NameFilter filter, bool allow)
    {
        if (filter.IsSet)
        {
            return;
        }

        filter.IsSet = true;
        filter.IsAllowList = allow;
        foreach (var name in allow && AllowedAnyway is not null ? AllowedAnyway() : [])
        {
            filter.Names[name] = "";
        }
    }
}
