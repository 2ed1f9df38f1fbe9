using Trasgo.Cli.Output;

namespace Trasgo.Cli.Tests;

/// <summary>A command's outputs kept in memory, as of a pipe: no colours, eighty columns.</summary>
internal sealed class RecordedOutput : IDisposable
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    internal RecordedOutput(bool colors = false, bool unicode = true) =>
        Output = new CommandOutput(_out, _error, new Style(colors), new Glyphs(unicode), columns: 80, onTerminal: false);

    internal CommandOutput Output { get; }

    internal string Out => _out.ToString();

    internal string Error => _error.ToString();

    public void Dispose()
    {
        Output.Dispose();
        _out.Dispose();
        _error.Dispose();
    }
}
