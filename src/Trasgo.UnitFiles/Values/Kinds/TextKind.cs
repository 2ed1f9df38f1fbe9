using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Specifiers;

namespace Trasgo.UnitFiles.Values;

/// <summary>A text after its specifiers are expanded; null when unset. A rule may refuse it.</summary>
internal sealed class TextKind(string syntax, string good, string? bad, Func<string, bool>? rule = null) : ValueKind<string?>("s", syntax)
{
    public override string Good => good;

    public override string? Bad => bad;

    public int MaxLength { get; init; } = Specifier.MaxText;

    public bool Expands { get; init; } = true;

    /// <summary>Whether a bad value makes the unit bad-setting.</summary>
    public bool Fatal { get; init; }

    /// <summary>
    /// Whether line breaks from a client become spaces: systemd-run describes a service by its command, which may be a script of many lines.
    /// </summary>
    public bool JoinsLines { get; init; }

    public string Expected { get; init; } = $"is not a valid {syntax.ToLowerInvariant()}";

    public override void Parse(string text, ref string? value, ParseContext context)
    {
        if (text.Length == 0)
        {
            value = null;
            return;
        }

        var problem = Expected;
        var expanded = text;
        if (Expands && !context.TryExpand(text, out expanded, out problem, MaxLength))
        {
            context.FailUnless(!Fatal, problem, text);
        }
        else if (expanded.Length > 0 && rule?.Invoke(expanded) == false)
        {
            context.FailUnless(!Fatal, Expected, expanded);
        }
        else
        {
            value = expanded.Length > 0 ? expanded : null;
        }
    }

    public override void Write(string? value, IValueWriter writer) => writer.String(value ?? "");

    public override void Format(string? value, List<string> texts) => texts.Add(Expands ? WordText.EscapeSpecifiers(value ?? "") : value ?? "");

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var value = reader.String();
        if (JoinsLines)
        {
            value = value.Replace('\n', ' ').Replace('\r', ' ').Trim(' ', '\t').TrimEnd('\\', ' ', '\t');
        }

        if (!WordText.FitsLine(value) || (value.Length > 0 && rule?.Invoke(value) == false))
        {
            return false;
        }

        Format(value, texts);
        return true;
    }
}
