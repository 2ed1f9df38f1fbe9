using System.Text;

namespace Trasgo.Cli.Output;

/// <summary>
/// Where a command writes: results to standard output, buffered, and what it has to say about them to standard error, line
/// by line. Standard output is flushed before each message, so that both read in order when they go to the same place.
/// </summary>
internal sealed class CommandOutput(TextWriter output, TextWriter error, Style style, Glyphs glyphs, int columns, bool onTerminal)
    : IDisposable
{
    internal TextWriter Out => output;
    internal Style Style => style;
    internal Glyphs Glyphs => glyphs;
    internal int Columns => columns;

    /// <summary>Both standard output and standard error are terminals.</summary>
    internal bool OnTerminal => onTerminal;

    internal static CommandOutput ForProcess()
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var onTerminal = TerminalFacts.BothOutputsAreTerminals;
        var colors = Style.IsWanted(Environment.GetEnvironmentVariable, onTerminal);
        return new CommandOutput(
            new StreamWriter(new DescriptorStream(1), encoding, 16384) { AutoFlush = false },
            new StreamWriter(new DescriptorStream(2), encoding, 512) { AutoFlush = true },
            new Style(colors, Style.LinksAreWanted(Environment.GetEnvironmentVariable, colors)),
            new Glyphs(Glyphs.LocaleIsUnicode(Environment.GetEnvironmentVariable)),
            TerminalFacts.Columns,
            onTerminal);
    }

    internal void WriteLine(string text)
    {
        output.Write(text);
        output.Write('\n');
    }

    internal void Write(string text) => output.Write(text);

    internal void Error(string message) => Say(style.Red, message);

    internal void Warning(string message) => Say(style.Yellow, message);

    internal void Notice(string message) => Say(style.Highlight, message);

    internal void Info(string message) => Say("", message);

    /// <summary>Reports and returns the exit status of a command that failed.</summary>
    internal int Fail(string message)
    {
        Error(message);
        return 1;
    }

    internal void Flush()
    {
        try
        {
            output.Flush();
        }
        catch (IOException)
        {
            // The reader went away (| head); there is nobody left to tell.
        }
    }

    public void Dispose() => Flush();

    // As systemd's console log: one write a line, empty lines left out, each in the colour of its level.
    private void Say(string color, string message)
    {
        Flush();
        foreach (var line in message.Split('\n'))
        {
            if (line.Length > 0)
            {
                error.Write(color.Length > 0 ? $"{color}{line}{style.Normal}\n" : line + "\n");
            }
        }
    }
}
