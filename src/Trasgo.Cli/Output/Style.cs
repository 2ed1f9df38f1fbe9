using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Output;

/// <summary>
/// The escape sequences of systemd's palette, and links that terminals open; every one is empty where colours, or links, are off.
/// </summary>
internal sealed class Style(bool enabled, bool links = false)
{
    internal bool IsEnabled => enabled;
    internal string Normal => Sequence("0");

    /// <summary>An underline comes after the colour, which it puts out: the bytes are systemd's own.</summary>
    internal string Underline => Normal + Sequence("0;4");

    internal string Highlight => Sequence("0;1;39");
    internal string Grey => Sequence("0;38;5;245");
    internal string GreyUnderline => Grey + Sequence("0;4");
    internal string Red => Sequence("0;1;31");
    internal string RedUnderline => Red + Sequence("0;4");
    internal string Green => Sequence("0;1;32");
    internal string GreenUnderline => Green + Sequence("0;4");
    internal string Yellow => Sequence("0;1;38;5;185");
    internal string YellowUnderline => Yellow + Sequence("0;4");
    internal string Blue => Sequence("0;1;34");
    internal string Magenta => Sequence("0;1;35");

    /// <summary>
    /// $SYSTEMD_COLORS decides when it is set, then $NO_COLOR, then whether both outputs are a terminal that is not dumb.
    /// </summary>
    internal static bool IsWanted(Func<string, string?> environment, bool onTerminal)
    {
        switch (environment("SYSTEMD_COLORS"))
        {
            case "0" or "no" or "n" or "false" or "f" or "off":
                return false;
            case "1" or "yes" or "y" or "true" or "t" or "on" or "16" or "256" or "24bit":
                return true;
            default:
                break;
        }

        return environment("NO_COLOR") is null
            && onTerminal
            && environment("TERM") is { } term
            && term != "dumb";
    }

    /// <summary>$SYSTEMD_URLIFY decides where it is set; otherwise links go with colours.</summary>
    internal static bool LinksAreWanted(Func<string, string?> environment, bool colors) =>
        Booleans.Parse(environment("SYSTEMD_URLIFY") ?? "") ?? colors;

    internal string Link(string url, string text) => links ? $"\u001b]8;;{url}\a{text}\u001b]8;;\a" : text;

    internal string FileLink(string path, string text) => Link($"file://{Environment.MachineName}{path}", text);

    private string Sequence(string code) => enabled ? $"\u001b[{code}m" : "";
}
