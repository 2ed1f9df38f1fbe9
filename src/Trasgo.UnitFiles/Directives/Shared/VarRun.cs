using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Settings that name what outlives the mounting of /run/ are moved there from /var/run/, with a word about it.</summary>
internal static class VarRun
{
    public static string Patch(string path, ParseContext context)
    {
        var patched = Paths.PatchVarRun(path);
        if (!string.Equals(patched, path, StringComparison.Ordinal))
        {
            context.Report(Severity.Notice, $"{context.Directive}= is below the legacy directory /var/run/, taking {path} as {patched}.");
        }

        return patched;
    }
}
