namespace Trasgo.Cli.Output;

/// <summary>
/// One cell of a <see cref="Table"/>. <see cref="Json"/> is its value in JSON output; its text where that is null.
/// </summary>
internal readonly record struct Cell(string Text, string Color = "", string GapColor = "", string? Json = null)
{
    /// <summary>No value: a dash in the table, null in JSON.</summary>
    internal static Cell None(string color) => new("-", color, Json: "null");

    /// <summary>A point in time, or a dash; a number of microseconds in JSON.</summary>
    internal static Cell Time(ulong timestamp, string? text) =>
        new(text ?? "-", Json: timestamp == ulong.MaxValue ? "null" : $"{timestamp}");

    /// <summary>The same colour for the text and the gap to its right, so that an underline runs through.</summary>
    internal static Cell Both(string text, string color) => new(text, color, color);

    internal static Cell Number(ulong value) => new($"{value}", Json: $"{value}");

    internal static Cell Boolean(bool value) => new(value ? "yes" : "no", Json: value ? "true" : "false");
}
