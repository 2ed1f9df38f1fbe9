using System.Globalization;
using System.Text;

namespace Trasgo.UnitFiles.Values;

/// <summary>Time spans of systemd.time(7) in microseconds (or nanoseconds, for TimerSlackNSec=).</summary>
internal static class TimeSpans
{
    public const ulong Infinity = ulong.MaxValue;
    public const ulong Millisecond = 1000;
    public const ulong Second = 1_000_000;
    public const ulong Minute = 60 * Second;
    public const ulong Hour = 60 * Minute;
    public const ulong Day = 24 * Hour;
    public const ulong Week = 7 * Day;
    public const ulong Month = 2_629_800 * Second;
    public const ulong Year = 31_557_600 * Second;

    // Longest first where one unit is the beginning of another: "m" must not win over "msec".
    private static readonly (string Suffix, ulong Length)[] s_units =
    [
        ("seconds", Second), ("second", Second), ("sec", Second), ("s", Second),
        ("minutes", Minute), ("minute", Minute), ("min", Minute),
        ("months", Month), ("month", Month), ("M", Month),
        ("msec", Millisecond), ("ms", Millisecond), ("m", Minute),
        ("hours", Hour), ("hour", Hour), ("hr", Hour), ("h", Hour),
        ("days", Day), ("day", Day), ("d", Day),
        ("weeks", Week), ("week", Week), ("w", Week),
        ("years", Year), ("year", Year), ("y", Year),
        ("usec", 1), ("us", 1), ("\u03bcs", 1), ("\u00b5s", 1),
    ];

    private static readonly (string Suffix, ulong Length)[] s_formatUnits =
    [
        ("y", Year), ("month", Month), ("w", Week), ("d", Day), ("h", Hour), ("min", Minute), ("s", Second),
        ("ms", Millisecond), ("us", 1),
    ];

    /// <summary>A bare number counts in <paramref name="defaultUnit"/>.</summary>
    public static bool TryParse(string text, out ulong microseconds, ulong defaultUnit = Second) =>
        TryParse(text, defaultUnit, nanoseconds: false, out microseconds);

    /// <summary>A bare number counts in nanoseconds.</summary>
    public static bool TryParseNanoseconds(string text, out ulong nanoseconds) =>
        TryParse(text, 1, nanoseconds: true, out nanoseconds);

    /// <summary>The form of systemd-analyze(1) timespan, which TryParse reads back.</summary>
    public static string Format(ulong time, ulong accuracy = 1)
    {
        if (time == Infinity)
        {
            return "infinity";
        }

        if (time == 0)
        {
            return "0";
        }

        var result = new StringBuilder();
        foreach (var (suffix, length) in s_formatUnits)
        {
            if (time == 0 || (time < accuracy && result.Length > 0))
            {
                break;
            }

            if (time < length)
            {
                continue;
            }

            if (result.Length > 0)
            {
                result.Append(' ');
            }

            result.Append(CultureInfo.InvariantCulture, $"{time / length}");
            var rest = time % length;
            var dotted = time < Minute && rest > 0 && AppendFraction(result, rest, length, accuracy);
            result.Append(suffix);
            time = dotted ? 0 : rest;
        }

        return result.ToString();
    }

    private static bool AppendFraction(StringBuilder result, ulong rest, ulong length, ulong accuracy)
    {
        var digits = 0;
        for (var scale = length; scale > 1; scale /= 10)
        {
            digits++;
        }

        for (var scale = accuracy; scale > 1; scale /= 10)
        {
            rest /= 10;
            digits--;
        }

        if (digits <= 0)
        {
            return false;
        }

        result.Append('.').Append(rest.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'));
        return true;
    }

    private static bool TryParse(string text, ulong defaultUnit, bool nanoseconds, out ulong result)
    {
        result = 0;
        var i = SkipBlanks(text, 0);
        if (text.AsSpan(i).StartsWith("infinity", StringComparison.Ordinal))
        {
            result = Infinity;
            return SkipBlanks(text, i + 8) == text.Length;
        }

        var something = false;
        for (; (i = SkipBlanks(text, i)) < text.Length; something = true)
        {
            if (!TryPart(text, ref i, defaultUnit, nanoseconds, ref result))
            {
                return false;
            }
        }

        return something;
    }

    /// <summary>One "12.5 min": digits, an optional fraction (which may stand alone), an optional unit.</summary>
    private static bool TryPart(string text, ref int i, ulong defaultUnit, bool nanoseconds, ref ulong sum)
    {
        if (text[i] == '+')
        {
            i++;
        }

        var start = i;
        var hasDigits = Numbers.TakeDigits(text, ref i, out var whole);
        if ((i > start && !hasDigits) || whole > long.MaxValue)
        {
            return false;
        }

        var fraction = ReadOnlySpan<char>.Empty;
        var dotted = i < text.Length && text[i] == '.';
        if (dotted)
        {
            var from = ++i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                i++;
            }

            fraction = text.AsSpan(from, i - from);
        }
        else if (!hasDigits)
        {
            return false;
        }

        if (!TryUnit(text, ref i, defaultUnit, nanoseconds, out var unit)
            || whole >= Infinity / unit || whole * unit >= Infinity - sum || (dotted && fraction.IsEmpty))
        {
            return false;
        }

        sum += whole * unit;
        foreach (var digit in fraction)
        {
            unit /= 10;
            var part = (ulong)(digit - '0') * unit;
            if (part >= Infinity - sum)
            {
                return false;
            }

            sum += part;
        }

        return true;
    }

    /// <summary>A number must be followed by a unit, a blank or the end: "12.34.56" is no time.</summary>
    private static bool TryUnit(string text, ref int i, ulong defaultUnit, bool nanoseconds, out ulong unit)
    {
        unit = defaultUnit;
        var at = SkipBlanks(text, i);
        foreach (var (suffix, length) in s_units)
        {
            if (text.AsSpan(at).StartsWith(suffix, StringComparison.Ordinal))
            {
                unit = nanoseconds ? length * 1000 : length;
                i = at + suffix.Length;
                return true;
            }
        }

        if (nanoseconds && (text.AsSpan(at).StartsWith("nsec", StringComparison.Ordinal)
            || text.AsSpan(at).StartsWith("ns", StringComparison.Ordinal)))
        {
            i = at + (text.AsSpan(at).StartsWith("nsec", StringComparison.Ordinal) ? 4 : 2);
            return true;
        }

        var good = nanoseconds || at > i || at == text.Length;
        i = at;
        return good;
    }

    private static int SkipBlanks(string text, int i)
    {
        while (i < text.Length && text[i] is ' ' or '\t' or '\n' or '\r')
        {
            i++;
        }

        return i;
    }
}
