using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>
/// The lines of inetd.conf(5). A "#" in the first column makes a comment, which is what update-inetd(8) switches lines off with; a line that
/// begins with white space goes on with the one before. Quotes are characters like any other, here as in Debian's inetd.
/// </summary>
internal static class InetdLines
{
    public static List<InetdLine> Read(string text, string file, IDiagnostics sink)
    {
        var result = new List<InetdLine>();
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith('#'))
            {
                continue;
            }

            var number = at + 1;
            var fields = new List<string>(WhiteSpace.Split(lines[at]));
            for (; at + 1 < lines.Length && lines[at + 1].Length > 0 && lines[at + 1][0] is ' ' or '\t'; at++)
            {
                var more = WhiteSpace.Split(lines[at + 1]);
                if (more.Length > 0 && more[0].StartsWith('#') && fields.Count > 0)
                {
                    sink.Add(new Diagnostic(Severity.Warning, null, file, at + 2, null, "A comment begins in the first column; this line goes on with the one before it."));
                }

                // Where nothing has been said yet, the line that follows is the first.
                number = fields.Count == 0 ? at + 2 : number;
                fields.AddRange(more);
            }

            if (fields.Count > 0)
            {
                result.Add(new InetdLine(number, [.. fields]));
            }
        }

        return result;
    }
}
