using System.Diagnostics.CodeAnalysis;

namespace Trasgo.UnitFiles.Names;

/// <summary>
/// A unit name that has passed the rules of systemd.unit(5): prefix, an optional instance after the first "@", and a
/// type suffix. Nothing but a value of this type may become part of a path, and no value of it holds a slash, a NUL or a
/// newline, nor can it be "." or "..".
/// </summary>
internal sealed partial record UnitName
{
    /// <summary>systemd counts the terminating NUL in its limit of 256.</summary>
    public const int MaxLength = 255;

    private UnitName(string text, string prefix, string? instance, UnitType type)
    {
        Text = text;
        Prefix = prefix;
        Instance = instance;
        Type = type;
    }

    public string Text { get; }

    /// <summary>What precedes the first "@", or the suffix.</summary>
    public string Prefix { get; }

    /// <summary>null in a plain name, empty in a template.</summary>
    public string? Instance { get; }

    public UnitType Type { get; }

    public bool IsPlain => Instance is null;

    public bool IsTemplate => Instance is { Length: 0 };

    public bool IsInstance => Instance is { Length: > 0 };

    /// <summary>The name without its suffix: "getty@tty1".</summary>
    public string PrefixAndInstance => Text[..Text.LastIndexOf('.')];

    /// <summary>The template an instance (or a template itself) belongs to; null for a plain name.</summary>
    public UnitName? Template => IsPlain ? null
        : IsTemplate ? this
        : new UnitName($"{Prefix}@{Type.Suffix()}", Prefix, "", Type);

    public static bool IsValid([NotNullWhen(true)] string? text, UnitNameFlags flags = UnitNameFlags.Any) =>
        text is not null && Classify(text, out _, out _) is var form && form != UnitNameFlags.None && flags.HasFlag(form);

    public static bool TryParse([NotNullWhen(true)] string? text, out UnitName name) => TryParse(text, UnitNameFlags.Any, out name);

    /// <summary>On failure <paramref name="name"/> is null, which the compiler is not told: look at the result first.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, UnitNameFlags flags, out UnitName name)
    {
        name = null!;
        if (text is null)
        {
            return false;
        }

        var form = Classify(text, out var at, out var type);
        if (form == UnitNameFlags.None || !flags.HasFlag(form))
        {
            return false;
        }

        var dot = text.LastIndexOf('.');
        name = at < 0
            ? new UnitName(text, text[..dot], instance: null, type)
            : new UnitName(text, text[..at], text[(at + 1)..dot], type);
        return true;
    }

    /// <summary>For names that stand in the source; anything from outside goes through TryParse.</summary>
    public static UnitName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new ArgumentException($"Not a unit name: {text}", nameof(text));

    /// <summary>prefix.type, or prefix@instance.type; null if that is not a valid name.</summary>
    public static UnitName? Build(string prefix, string? instance, UnitType type)
    {
        if (!IsValidPrefix(prefix) || (instance is not null && !IsValidInstance(instance)))
        {
            return null;
        }

        var text = instance is null ? prefix + type.Suffix() : $"{prefix}@{instance}{type.Suffix()}";
        return TryParse(text, instance is null ? UnitNameFlags.Plain : UnitNameFlags.Instance, out var name) ? name : null;
    }

    /// <summary>The instance of this template (or a sibling of this instance); null if that is not a valid name.</summary>
    public UnitName? WithInstance(string instance) =>
        !IsPlain && IsValidInstance(instance) && TryParse($"{Prefix}@{instance}{Type.Suffix()}", UnitNameFlags.Instance, out var name)
            ? name
            : null;

    /// <summary>The same name as another type; null if that grows too long.</summary>
    public UnitName? WithType(UnitType type) => TryParse(PrefixAndInstance + type.Suffix(), out var name) ? name : null;

    public bool PrefixEquals(UnitName other) => string.Equals(Prefix, other.Prefix, StringComparison.Ordinal);

    public bool Equals(UnitName? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>The form of the name, or None if it is no unit name.</summary>
    private static UnitNameFlags Classify(string text, out int at, out UnitType type)
    {
        at = -1;
        type = default;
        var dot = text.LastIndexOf('.');
        if (text.Length > MaxLength || dot <= 0 || !UnitTypes.TryParse(text.AsSpan(dot + 1), out type))
        {
            return UnitNameFlags.None;
        }

        if (text.AsSpan(0, dot).ContainsAnyExcept(UnitNameCharacters.ValidWithAt))
        {
            return UnitNameFlags.None;
        }

        at = text.AsSpan(0, dot).IndexOf('@');
        return at switch
        {
            < 0 => UnitNameFlags.Plain,
            0 => UnitNameFlags.None,
            _ => at + 1 == dot ? UnitNameFlags.Template : UnitNameFlags.Instance,
        };
    }
}
