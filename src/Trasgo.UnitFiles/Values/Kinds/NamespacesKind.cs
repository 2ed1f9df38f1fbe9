using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>RestrictNamespaces=: the kinds of namespaces that stay permitted, as CLONE_NEW* flags. A boolean is all or none.</summary>
internal sealed class NamespacesKind((string Name, ulong Flag)[] table) : ValueKind<ulong>("t", "BOOLEAN|[~]NAMESPACE ...")
{
    private readonly ulong _all = table.Aggregate(0UL, static (sum, entry) => sum | entry.Flag);

    public override string Good => "~user net";

    public override string Bad => "space";

    public override void Parse(string text, ref ulong value, ParseContext context)
    {
        if (text.Length == 0)
        {
            value = ExecConfig.NamespacesUnset;
            return;
        }

        if (Booleans.Parse(text) is { } restricted)
        {
            value = restricted ? 0 : _all;
            return;
        }

        var invert = text[0] == '~';
        if (!TryFlags(invert ? text[1..] : text, out var flags))
        {
            context.Ignore("has an unknown kind of namespace", text);
        }
        else if (value == ExecConfig.NamespacesUnset)
        {
            value = invert ? ~flags & _all : flags;
        }
        else
        {
            value = invert ? value & ~flags : value | flags;
        }
    }

    public override void Write(ulong value, IValueWriter writer) => writer.UInt64(value);

    public override void Format(ulong value, List<string> texts)
    {
        texts.Add("");
        if (value != ExecConfig.NamespacesUnset)
        {
            texts.Add(Name(value));
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var value = reader.UInt64();
        if (value != ExecConfig.NamespacesUnset && (value & ~_all) != 0)
        {
            return false;
        }

        texts.Add(value == ExecConfig.NamespacesUnset ? "" : Name(value));
        return true;
    }

    private string Name(ulong value) => (value & _all) == 0 ? "yes"
        : (value & _all) == _all ? "no"
        : string.Join(' ', table.Where(entry => (value & entry.Flag) != 0).Select(static entry => entry.Name));

    private bool TryFlags(string text, out ulong flags)
    {
        flags = 0;
        foreach (var word in Quoting.SplitWords(text, ExtractFlags.None) ?? [""])
        {
            var flag = Array.Find(table, entry => string.Equals(entry.Name, word, StringComparison.Ordinal)).Flag;
            if (flag == 0)
            {
                return false;
            }

            flags |= flag;
        }

        return true;
    }
}
