using System.Globalization;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Capabilities to have or, behind "~", not to have. The first assignment replaces what the set starts with; later ones
/// add and take away. Unknown names vanish, as in systemd.
/// </summary>
internal sealed class CapabilitySetKind(bool startsFull) : ValueKind<ulong>("t", "[~]CAPABILITY ...")
{
    private const ulong Newest = 1UL << 63;

    private readonly ulong _initial = startsFull ? Capabilities.All : 0;

    public override string Good => startsFull ? "~CAP_SYS_ADMIN cap_net_raw" : "CAP_NET_BIND_SERVICE 10";

    public override void Parse(string text, ref ulong value, ParseContext context)
    {
        var invert = text.StartsWith('~');
        var sum = 0UL;
        foreach (var word in Quoting.SplitWords(invert ? text[1..] : text, ExtractFlags.Unquote) ?? [])
        {
            sum |= Capabilities.TryParse(word, out var capability) ? 1UL << capability : 0;
        }

        if (sum == 0 || value == _initial)
        {
            value = invert ? ~sum : sum;
        }
        else
        {
            value = invert ? value & ~sum : value | sum;
        }
    }

    public override void Write(ulong value, IValueWriter writer) => writer.UInt64(value);

    /// <summary>An empty set twice: the first makes the second a replacement from any start.</summary>
    public override void Format(ulong value, List<string> texts)
    {
        texts.Add(startsFull ? "~" : "");
        if (value != _initial)
        {
            texts.Add(Names(value));
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var value = reader.UInt64();
        texts.Add(Names(value));
        return true;
    }

    /// <summary>Nearly all of them are named by those that are missing, lest capabilities that the kernel learns later get lost.</summary>
    private static string Names(ulong value) => (value & Newest) != 0 ? "~" + List(~value) : List(value);

    private static string List(ulong value)
    {
        var names = new List<string>();
        for (var bit = 0; bit < 64; bit++)
        {
            if ((value & (1UL << bit)) != 0)
            {
                names.Add(bit < Capabilities.Known ? Capabilities.Name(bit) : bit.ToString(CultureInfo.InvariantCulture));
            }
        }

        return string.Join(' ', names);
    }
}
