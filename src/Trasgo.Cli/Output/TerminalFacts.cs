using Trasgo.Linux;

namespace Trasgo.Cli.Output;

/// <summary>What standard output and standard error are connected to.</summary>
internal static class TerminalFacts
{
    private const int DefaultColumns = 80;

    internal static bool BothOutputsAreTerminals => Terminal.IsTerminal(1) && Terminal.IsTerminal(2);

    internal static bool OutputIsTerminal => Terminal.IsTerminal(1);

    /// <summary>$COLUMNS, else the terminal's width, else 80.</summary>
    internal static int Columns
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var asked) && asked is > 0 and <= ushort.MaxValue)
            {
                return asked;
            }

            return Terminal.Size(1)?.Columns ?? DefaultColumns;
        }
    }
}
