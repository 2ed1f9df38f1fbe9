using System.Globalization;

namespace Trasgo.UnitFiles.Values;

/// <summary>The kinds of values, one instance each; the parts of this class group them.</summary>
internal static partial class Value
{
    public static readonly ValueKind<bool> Boolean = MakeBoolean(fatal: false);

    /// <summary>As DynamicUser=: an unreadable boolean makes the unit bad-setting.</summary>
    public static readonly ValueKind<bool> FatalBoolean = MakeBoolean(fatal: true);

    public static readonly ValueKind<bool?> OptionalBoolean = new ScalarKind<bool?>(
        "b", "BOOLEAN", "yes", "maybe",
        static (string text, out bool? value) => (value = Booleans.Parse(text)) is not null,
        static value => value is null ? "" : Booleans.Format(value.Value),
        static (value, writer) => writer.Boolean(value ?? false),
        static reader => reader.Boolean())
    {
        EmptyResets = true,
    };

    public static readonly ValueKind<uint> Unsigned = new ScalarKind<uint>(
        "u", "NUMBER", "17", "-1", Numbers.TryUInt32, Text, static (value, writer) => writer.UInt32(value), static reader => reader.UInt32());

    public static readonly ValueKind<int> Integer = new ScalarKind<int>(
        "i", "NUMBER", "17", "x", Numbers.TryInt32, Text, static (value, writer) => writer.Int32(value), static reader => reader.Int32());

    public static readonly ValueKind<long> Long = new ScalarKind<long>(
        "x", "NUMBER", "17", "x", Numbers.TryInt64, Text, static (value, writer) => writer.Int64(value), static reader => reader.Int64());

    public static readonly ValueKind<uint> Mode = new ScalarKind<uint>(
        "u", "MODE", "0751", "0888",
        static (string text, out uint value) => Numbers.TryOctal(text, out value) && value <= 0xfff,
        static value => "0" + Convert.ToString(value, 8).PadLeft(3, '0'),
        static (value, writer) => writer.UInt32(value),
        static reader => reader.UInt32());

    public static readonly ValueKind<ulong> Size = new ScalarKind<ulong>(
        "t", "BYTES", "8M", "8X",
        static (string text, out ulong value) => Sizes.TryParse(text, out value),
        Text,
        static (value, writer) => writer.UInt64(value),
        static reader => reader.UInt64());

    /// <summary>Written without "SIG", as systemd writes what comes over the bus.</summary>
    public static readonly ValueKind<int> Signal = new ScalarKind<int>(
        "i", "SIGNAL", "SIGUSR1", "SIGNOTHING",
        Signals.TryParse,
        Signals.Name,
        static (value, writer) => writer.Int32(value),
        static reader => reader.Int32());

    /// <summary>An exit status, or -1 for none.</summary>
    public static readonly ValueKind<int> ExitStatus = new ScalarKind<int>(
        "i", "NUMBER", "17", "256",
        static (string text, out int value) =>
        {
            var good = Numbers.TryByte(text, out var status);
            value = status;
            return good;
        },
        Text,
        static (value, writer) => writer.Int32(value),
        static reader => reader.Int32())
    {
        EmptyResets = true,
        Empty = -1,
    };

    /// <summary>Rows or columns of a terminal; uint.MaxValue is unset.</summary>
    public static readonly ValueKind<uint> TtySize = new ScalarKind<uint>(
        "q", "NUMBER", "80", "x", Numbers.TryUInt32, Text,
        static (value, writer) => writer.UInt16((ushort)value),
        static reader => reader.UInt32())
    {
        SetAs = "u",
        EmptyResets = true,
        Empty = uint.MaxValue,
    };

    /// <summary>One of systemd's words, for enumerations with no further rules.</summary>
    public static ValueKind<T> Enum<T>(NameTable<T> names, bool booleans = false, T whenTrue = default, T whenFalse = default)
        where T : struct, Enum => new ScalarKind<T>(
            "s", "{" + string.Join('|', names.Names) + "}", names.Names[1], "sideways",
            (string text, out T value) => names.TryParse(text, out value) || (booleans && FromBoolean(text, whenTrue, whenFalse, out value)),
            names.Name,
            (value, writer) => writer.String(names.Name(value)),
            reader => names.TryParse(reader.String(), out var value) ? value : InvalidEnum<T>())
        {
            Expected = "must be one of " + string.Join(", ", names.Names),
        };

    /// <summary>An enumeration with a value of its own for "not said"; an empty text is refused as by systemd.</summary>
    public static ValueKind<T?> OptionalEnum<T>(NameTable<T> names, string unset = "")
        where T : struct, Enum => new ScalarKind<T?>(
            "s", "{" + string.Join('|', names.Names) + "}", names.Names[1], "sideways",
            (string text, out T? value) =>
            {
                var good = names.TryParse(text, out var parsed);
                value = parsed;
                return good;
            },
            value => value is null ? "" : names.Name(value.Value),
            (value, writer) => writer.String(value is null ? unset : names.Name(value.Value)),
            reader => names.TryParse(reader.String(), out var value) ? value : null)
        {
            Expected = "must be one of " + string.Join(", ", names.Names),
        };

    /// <summary>One word of a closed set that stays text here.</summary>
    public static ValueKind<string> Word(params string[] words) => new ScalarKind<string>(
        "s", "{" + string.Join('|', words) + "}", words[^1], "sideways",
        (string text, out string value) => Array.IndexOf(words, value = text) >= 0,
        static value => value,
        static (value, writer) => writer.String(value),
        static reader => reader.String())
    {
        Expected = "must be one of " + string.Join(", ", words),
    };

    private static ScalarKind<bool> MakeBoolean(bool fatal) => new(
        "b", "BOOLEAN", "yes", "maybe",
        static (string text, out bool value) =>
        {
            var parsed = Booleans.Parse(text);
            value = parsed ?? false;
            return parsed is not null;
        },
        Booleans.Format,
        static (value, writer) => writer.Boolean(value),
        static reader => reader.Boolean())
    {
        Fatal = fatal,
    };

    private static bool FromBoolean<T>(string text, T whenTrue, T whenFalse, out T value)
    {
        var parsed = Booleans.Parse(text);
        value = parsed == true ? whenTrue : whenFalse;
        return parsed is not null;
    }

    /// <summary>A value without a word, so that a client's bad word does not pass for the first member.</summary>
    private static T InvalidEnum<T>()
        where T : struct, Enum
    {
        var number = int.MaxValue;
        return System.Runtime.CompilerServices.Unsafe.As<int, T>(ref number);
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
