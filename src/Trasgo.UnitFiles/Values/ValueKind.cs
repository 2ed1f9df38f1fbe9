using Trasgo.UnitFiles.Directives;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// A kind of value: its text, its form on the bus, and samples for tests and documentation. Kinds are stateless and shared
/// by all rows of their type. A text that is refused leaves the value alone.
/// </summary>
internal abstract class ValueKind<T>(string signature, string syntax)
{
    /// <summary>The D-Bus signature of the value.</summary>
    public string Signature { get; } = signature;

    /// <summary>The signature in which clients set the value, where it differs.</summary>
    public virtual string SetSignature => Signature;

    /// <summary>What the documentation calls the value: "BOOLEAN", "TIMESPAN".</summary>
    public string Syntax { get; } = syntax;

    /// <summary>A text that changes the value from its default; the test feeds it to every row.</summary>
    public abstract string Good { get; }

    /// <summary>A text that is refused; null where any text is fine.</summary>
    public virtual string? Bad => null;

    public abstract void Parse(string text, ref T value, ParseContext context);

    public abstract void Write(T value, IValueWriter writer);

    /// <summary>The texts that, parsed one after another, make the value; an empty text is a reset.</summary>
    public abstract void Format(T value, List<string> texts);

    /// <summary>
    /// Turns what a client sent into texts for a drop-in. The signature has been checked. False means that the value is
    /// none that a client may set.
    /// </summary>
    public virtual bool Read(IValueReader reader, List<string> texts) => false;
}
