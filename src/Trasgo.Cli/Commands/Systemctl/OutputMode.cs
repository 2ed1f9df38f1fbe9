namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>The values of <c>--output=</c>, in the order in which <c>--output=help</c> lists them.</summary>
internal enum OutputMode
{
    Short,
    ShortFull,
    ShortIso,
    ShortIsoPrecise,
    ShortPrecise,
    ShortMonotonic,
    ShortDelta,
    ShortUnix,
    Verbose,
    Export,
    Json,
    JsonPretty,
    JsonSse,
    JsonSeq,
    Cat,
    WithUnit,
}

internal static class OutputModes
{
    internal static readonly string[] Names =
    [
        "short", "short-full", "short-iso", "short-iso-precise", "short-precise", "short-monotonic", "short-delta", "short-unix",
        "verbose", "export", "json", "json-pretty", "json-sse", "json-seq", "cat", "with-unit",
    ];

    internal static bool IsJson(this OutputMode mode) => mode is >= OutputMode.Json and <= OutputMode.JsonSeq;

    internal static bool TryParse(string text, out OutputMode mode)
    {
        var index = Array.IndexOf(Names, text);
        mode = (OutputMode)Math.Max(index, 0);
        return index >= 0;
    }
}
