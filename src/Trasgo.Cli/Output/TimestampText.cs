using System.Globalization;
using Trasgo.Linux;

namespace Trasgo.Cli.Output;

/// <summary>The values of <c>--timestamp=</c>.</summary>
internal enum TimestampStyle
{
    Pretty,
    Microseconds,
    Utc,
    MicrosecondsUtc,
    Unix,
}

/// <summary>Points in time, in microseconds since 1970, as systemd.time(7) writes them.</summary>
internal static class TimestampText
{
    internal static readonly string[] StyleNames = ["pretty", "us", "utc", "us+utc", "unix"];

    private const ulong LastFormattable = 253402214399000000;

    internal static bool IsSet(ulong timestamp) => timestamp is > 0 and < ulong.MaxValue;

    internal static bool TryParseStyle(string text, out TimestampStyle style)
    {
        // "µs" is spelt with either of Unicode's two micro signs.
        var index = Array.IndexOf(StyleNames, text.Replace('µ', 'u').Replace('μ', 'u'));
        style = (TimestampStyle)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Null where the timestamp is not set.</summary>
    internal static string? Format(ulong timestamp, TimestampStyle style = TimestampStyle.Pretty)
    {
        if (!IsSet(timestamp))
        {
            return null;
        }

        var seconds = timestamp / TimeSpanText.Second;
        if (style == TimestampStyle.Unix)
        {
            return $"@{seconds}";
        }

        if (timestamp > LastFormattable)
        {
            return "--- XXXX-XX-XX XX:XX:XX";
        }

        var utc = style is TimestampStyle.Utc or TimestampStyle.MicrosecondsUtc;
        var (offset, zone) = utc ? (0, "UTC") : LocalCalendar.ZoneAt((long)seconds);
        var time = DateTime.UnixEpoch.AddSeconds(seconds).AddSeconds(offset);
        var text = time.ToString("ddd yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        if (style is TimestampStyle.Microseconds or TimestampStyle.MicrosecondsUtc)
        {
            text += $".{timestamp % TimeSpanText.Second:D6}";
        }

        return zone.Length > 0 ? $"{text} {zone}" : text;
    }

    /// <summary><c>3min 4s ago</c>, <c>2 days left</c>; null where the timestamp is not set.</summary>
    internal static string? FormatRelative(ulong timestamp, ulong now)
    {
        if (!IsSet(timestamp))
        {
            return null;
        }

        var (distance, side) = now > timestamp ? (now - timestamp, "ago") : (timestamp - now, "left");
        return Distance(distance) is { } text ? $"{text} {side}" : "now";
    }

    internal static ulong Now() => (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static string? Distance(ulong span) => span switch
    {
        >= TimeSpanText.Year => Two(span, TimeSpanText.Year, "year", TimeSpanText.Month, "month"),
        >= TimeSpanText.Month => Two(span, TimeSpanText.Month, "month", TimeSpanText.Day, "day"),
        >= TimeSpanText.Week => Two(span, TimeSpanText.Week, "week", TimeSpanText.Day, "day"),
        >= 2 * TimeSpanText.Day => $"{span / TimeSpanText.Day} days",
        >= 25 * TimeSpanText.Hour => $"1 day {(span - TimeSpanText.Day) / TimeSpanText.Hour}h",
        >= 6 * TimeSpanText.Hour => $"{span / TimeSpanText.Hour}h",
        >= TimeSpanText.Hour => $"{span / TimeSpanText.Hour}h {span % TimeSpanText.Hour / TimeSpanText.Minute}min",
        >= 5 * TimeSpanText.Minute => $"{span / TimeSpanText.Minute}min",
        >= TimeSpanText.Minute => $"{span / TimeSpanText.Minute}min {span % TimeSpanText.Minute / TimeSpanText.Second}s",
        >= TimeSpanText.Second => $"{span / TimeSpanText.Second}s",
        >= TimeSpanText.Millisecond => $"{span / TimeSpanText.Millisecond}ms",
        > 0 => $"{span}us",
        _ => null,
    };

    private static string Two(ulong span, ulong large, string largeName, ulong small, string smallName)
    {
        var (first, second) = (span / large, span % large / small);
        return $"{first} {largeName}{(first == 1 ? "" : "s")} {second} {smallName}{(second == 1 ? "" : "s")}";
    }
}
