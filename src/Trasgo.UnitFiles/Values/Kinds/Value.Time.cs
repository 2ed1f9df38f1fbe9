using System.Globalization;

namespace Trasgo.UnitFiles.Values;

/// <summary>Time spans, in microseconds but for the one in nanoseconds.</summary>
internal static partial class Value
{
    public static readonly ValueKind<ulong> Duration = MakeDuration(static (string text, out ulong value) => TimeSpans.TryParse(text, out value));

    /// <summary>0 once meant no timeout, and still does.</summary>
    public static readonly ValueKind<ulong> Timeout = MakeDuration(TryTimeout);

    public static readonly ValueKind<ulong> DurationOrInfinity = new ScalarKind<ulong>(
        "t", "TIMESPAN", "2min 200ms", "soon",
        static (string text, out ulong value) => TimeSpans.TryParse(text, out value),
        static value => TimeSpans.Format(value),
        static (value, writer) => writer.UInt64(value),
        static reader => reader.UInt64())
    {
        EmptyResets = true,
        Empty = TimeSpans.Infinity,
    };

    /// <summary>TimeoutAbortSec=: unset by an empty assignment.</summary>
    public static readonly ValueKind<ulong?> OptionalDuration = new ScalarKind<ulong?>(
        "t", "TIMESPAN", "2min 200ms", "soon",
        static (string text, out ulong? value) =>
        {
            var good = TimeSpans.TryParse(text, out var parsed);
            value = parsed;
            return good;
        },
        static value => TimeSpans.Format(value ?? 0),
        static (value, writer) => writer.UInt64(value ?? 0),
        static reader => reader.UInt64())
    {
        EmptyResets = true,
    };

    public static readonly ValueKind<ulong> Nanoseconds = new ScalarKind<ulong>(
        "t", "TIMESPAN", "2ms", "soon",
        TimeSpans.TryParseNanoseconds,
        static value => value == TimeSpans.Infinity ? "infinity" : value.ToString(CultureInfo.InvariantCulture) + "ns",
        static (value, writer) => writer.UInt64(value),
        static reader => reader.UInt64());

    /// <summary>RuntimeWatchdogSec= and its kin of the manager.</summary>
    public static readonly ValueKind<ulong> WatchdogDuration = MakeDuration(static (string text, out ulong value) =>
    {
        value = string.Equals(text, "default", StringComparison.Ordinal) ? TimeSpans.Infinity : 0;
        return value != 0 || string.Equals(text, "off", StringComparison.Ordinal) || TimeSpans.TryParse(text, out value);
    });

    public static bool TryTimeout(string text, out ulong value)
    {
        var good = TimeSpans.TryParse(text, out value);
        value = value == 0 ? TimeSpans.Infinity : value;
        return good;
    }

    private static ScalarKind<ulong> MakeDuration(TextParser<ulong> parse) => new(
        "t", "TIMESPAN", "2min 200ms", "soon", parse,
        static value => TimeSpans.Format(value),
        static (value, writer) => writer.UInt64(value),
        static reader => reader.UInt64());
}
