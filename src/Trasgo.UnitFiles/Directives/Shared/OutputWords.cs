using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The single words of StandardOutput=, among them two that systemd has renamed.</summary>
internal static class OutputWords
{
    public static bool TryParse(string text, ParseContext context, out ExecOutput output)
    {
        var renamed = text switch { "syslog" => "journal", "syslog+console" => "journal+console", _ => null };
        if (renamed is not null)
        {
            context.Report(Severity.Notice, $"{context.Directive}={text} is obsolete, taking it as {renamed}.");
        }

        if (ExecWords.ExecOutput.TryParse(renamed ?? text, out output))
        {
            return true;
        }

        context.Ignore("must be one of " + string.Join(", ", ExecWords.ExecOutput.Names), text);
        return false;
    }
}
