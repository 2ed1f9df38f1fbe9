using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Specifiers;

namespace Trasgo.UnitFiles.Values;

/// <summary>An absolute path, simplified; null when unset.</summary>
internal sealed class PathValueKind(bool fatal) : ValueKind<string?>("s", "PATH")
{
    public override string Good => "/srv//some path/";

    public override string? Bad => "../relative";

    public override void Parse(string text, ref string? value, ParseContext context)
    {
        if (!context.TryExpand(text, out var path, out var problem, Specifier.MaxPath))
        {
            context.FailUnless(!fatal, problem, text);
        }
        else if (path.Length == 0)
        {
            value = null;
        }
        else if (context.SimplifyPath(ref path, PathForm.Absolute, (what, which) => context.FailUnless(!fatal, what, which)))
        {
            value = path;
        }
    }

    public override void Write(string? value, IValueWriter writer) => writer.String(value ?? "");

    public override void Format(string? value, List<string> texts) => texts.Add(WordText.EscapeSpecifiers(value ?? ""));

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var value = reader.String();
        if (value.Length > 0 && (Paths.Check(value, PathForm.Absolute, out _) is not null || !WordText.FitsLine(value)))
        {
            return false;
        }

        Format(value, texts);
        return true;
    }
}
