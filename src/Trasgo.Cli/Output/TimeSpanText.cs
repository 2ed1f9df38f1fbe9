using System.Globalization;
using System.Text;

namespace Trasgo.Cli.Output;

/// <summary>Spans of microseconds as systemd.time(7) writes them.</summary>
internal static class TimeSpanText
{
    internal const ulong Millisecond = 1000;
    internal const ulong Second = 1000 * Millisecond;
    internal const ulong Minute = 60 * Second;
    internal const ulong Hour = 60 * Minute;
    internal const ulong Day = 24 * Hour;
    internal const ulong Week = 7 * Day;
    internal const ulong Month = 2629800 * Second;
    internal const ulong Year = 31557600 * Second;
    internal const ulong Infinity = ulong.MaxValue;

    private static readonly (string Suffix, ulong Length, int Digits)[] s_units =
    [
        ("y", Year, 0), ("month", Month, 0), ("w", Week, 0), ("d", Day, 0), ("h", Hour, 0),
        ("min", Minute, 0), ("s", Second, 6), ("ms", Millisecond, 3), ("us", 1, 0),
    ];

    /// <summary><c>1min 30s</c>, <c>1.500s</c>: nothing below <paramref name="accuracy"/> once something has been said.</summary>
    internal static string Format(ulong span, ulong accuracy)
    {
        switch (span)
        {
            case Infinity:
                return "infinity";
            case 0:
                return "0";
            default:
                break;
        }

        var text = new StringBuilder();
        foreach (var (suffix, length, digits) in s_units)
        {
            if (span == 0 || (span < accuracy && text.Length > 0))
            {
                break;
            }

            if (span < length)
            {
                continue;
            }

            var (whole, rest) = (span / length, span % length);
            var places = digits;
            var fraction = rest;
            for (var unit = accuracy; unit > 1; unit /= 10)
            {
                fraction /= 10;
                places--;
            }

            _ = text.Append(text.Length > 0 ? " " : "").Append(whole);
            if (span < Minute && rest > 0 && places > 0)
            {
                _ = text.Append('.').Append(fraction.ToString(CultureInfo.InvariantCulture).PadLeft(places, '0')).Append(suffix);
                break;
            }

            _ = text.Append(suffix);
            span = rest;
        }

        return text.ToString();
    }
}
