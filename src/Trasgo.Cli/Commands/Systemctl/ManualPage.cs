using Trasgo.Cli.Output;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Opens the reader of manual pages on <c>name(section)</c>.</summary>
internal static class ManualPage
{
    internal static void Show(CommandOutput output, string page)
    {
        var open = page.IndexOf('(', StringComparison.Ordinal);
        string[] command = open > 0 && page.EndsWith(')')
            ? ["man", page[(open + 1)..^1], page[..open]]
            : ["man", page];
        output.Flush();
        if (ForegroundProcess.Run(command) is { Ok: false } failure)
        {
            output.Error($"Failed to execute man: {ErrnoNames.Message(failure.Error)}");
        }
    }
}
