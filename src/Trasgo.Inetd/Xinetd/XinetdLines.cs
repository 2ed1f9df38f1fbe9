namespace Trasgo.Inetd;

/// <summary>The lines of xinetd.conf(5) that are neither empty nor comments.</summary>
internal sealed class XinetdLines(string text)
{
    private readonly string[] _lines = text.Split('\n');

    /// <summary>Of the line that <see cref="Next"/> gave last.</summary>
    public int Number { get; private set; }

    public string? Next()
    {
        while (Number < _lines.Length)
        {
            var line = _lines[Number++];
            if (line.AsSpan().TrimStart() is { IsEmpty: false } words && words[0] != '#')
            {
                return line;
            }
        }

        return null;
    }

    /// <summary>To behind the line that ends the entry.</summary>
    public void SkipEntry()
    {
        while (Next() is { } line && line.Trim() != "}")
        {
        }
    }

    public static XinetdAssignment? Assignment(string line, int number)
    {
        line = line.Trim();
        var blank = line.AsSpan().IndexOfAny(' ', '\t');
        if (blank < 0 || line.AsSpan(0, blank).Contains('='))
        {
            return null;
        }

        var rest = line[blank..].TrimStart();
        XinetdOperator? sign = rest switch
        {
            ['+', '=', ..] => XinetdOperator.Add,
            ['-', '=', ..] => XinetdOperator.Remove,
            ['=', ..] => XinetdOperator.Set,
            _ => null,
        };
        return sign is { } known
            ? new XinetdAssignment(number, line[..blank], known, WhiteSpace.Split(rest[(known == XinetdOperator.Set ? 1 : 2)..]))
            : null;
    }
}
