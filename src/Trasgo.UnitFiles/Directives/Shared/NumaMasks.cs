using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>NUMAMask= of units and of the manager.</summary>
internal static class NumaMasks
{
    /// <summary>More nodes than Linux is ever built with (CONFIG_NODES_SHIFT is at most 10).</summary>
    private const int MaxNodes = 1024;

    private static readonly CpuSetKind s_kind = new(expands: false);

    public static void Parse(ref CpuSet mask, string text, ParseContext context)
    {
        if (text is not "all")
        {
            s_kind.Parse(text, ref mask, context);
            return;
        }

        for (var node = 0; node < MaxNodes; node++)
        {
            mask.Add(node);
        }
    }
}
