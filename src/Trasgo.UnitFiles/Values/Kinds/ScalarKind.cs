using Trasgo.UnitFiles.Directives;

namespace Trasgo.UnitFiles.Values;

/// <summary>A value that is one word or number: the last assignment counts, and what cannot be read is ignored.</summary>
internal sealed class ScalarKind<T>(
    string signature,
    string syntax,
    string good,
    string? bad,
    TextParser<T> parse,
    Func<T, string> format,
    Action<T, IValueWriter> write,
    Func<IValueReader, T>? read = null)
    : ValueKind<T>(signature, syntax)
{
    /// <summary>The signature in which clients set the value, where it differs.</summary>
    public string? SetAs { get; init; }

    public override string SetSignature => SetAs ?? Signature;

    public override string Good => good;

    public override string? Bad => bad;

    /// <summary>Whether an empty assignment brings back <see cref="Empty"/>; otherwise it is refused like any bad text.</summary>
    public bool EmptyResets { get; init; }

    public T? Empty { get; init; }

    /// <summary>Whether a bad value makes the unit bad-setting.</summary>
    public bool Fatal { get; init; }

    /// <summary>What the value is not, for messages.</summary>
    public string Expected { get; init; } = $"is not a valid {syntax.ToLowerInvariant()}";

    public override void Parse(string text, ref T value, ParseContext context)
    {
        if (text.Length == 0 && EmptyResets)
        {
            value = Empty!;
        }
        else if (parse(text, out var parsed))
        {
            value = parsed;
        }
        else
        {
            context.FailUnless(!Fatal, Expected, text);
        }
    }

    public override void Write(T value, IValueWriter writer) => write(value, writer);

    public override void Format(T value, List<string> texts)
    {
        if (EmptyResets && EqualityComparer<T>.Default.Equals(value, Empty))
        {
            texts.Add("");
        }
        else if (value is not null)
        {
            texts.Add(format(value));
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        if (read is null)
        {
            return false;
        }

        var value = read(reader);
        var text = EmptyResets && EqualityComparer<T>.Default.Equals(value, Empty) ? "" : format(value);
        if (text.Length > 0 ? !parse(text, out _) : !EmptyResets)
        {
            return false;
        }

        texts.Add(text);
        return true;
    }
}
