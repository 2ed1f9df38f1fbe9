namespace Trasgo.Cli.Output;

/// <summary>
/// A table as systemd's tools print it: columns as wide as their widest cell, one space apart; where that is wider than the
/// terminal, room is dealt out column by column and what does not fit is cut with an ellipsis.
/// </summary>
internal sealed class Table(params string[] columns)
{
    private readonly List<Cell[]> _rows = [];
    private readonly HashSet<int> _hidden = [];

    /// <summary>Print the column names.</summary>
    internal bool Header { get; init; } = true;

    /// <summary>Never cut, however narrow the terminal.</summary>
    internal bool Full { get; init; }

    internal int RowCount => _rows.Count;

    internal void Add(params Cell[] cells) => _rows.Add(cells);

    internal void Hide(int column) => _hidden.Add(column);

    internal void Print(CommandOutput output)
    {
        var visible = Enumerable.Range(0, columns.Length).Where(column => !_hidden.Contains(column)).ToArray();
        if (visible.Length == 0)
        {
            return;
        }

        var header = Array.ConvertAll(columns, static name => new Cell(name.ToUpperInvariant()));
        var widths = Widths(visible, header, output);
        if (Header)
        {
            PrintRow(output, visible, header, widths, isHeader: true);
        }

        foreach (var row in _rows)
        {
            PrintRow(output, visible, row, widths, isHeader: false);
        }
    }

    internal void PrintJson(CommandOutput output, bool pretty)
    {
        var visible = Enumerable.Range(0, columns.Length).Where(column => !_hidden.Contains(column)).ToArray();
        var json = new JsonText(pretty);
        json.BeginArray();
        foreach (var row in _rows)
        {
            json.BeginObject();
            foreach (var column in visible)
            {
                json.Name(columns[column].ToLowerInvariant().Replace(' ', '_'));
                if (row[column].Json is { } value)
                {
                    json.Raw(value);
                }
                else
                {
                    json.String(row[column].Text);
                }
            }

            json.EndObject();
        }

        json.EndArray();
        output.WriteLine(json.ToString());
    }

    private int[] Widths(int[] visible, Cell[] header, CommandOutput output)
    {
        var wanted = new int[visible.Length];
        for (var index = 0; index < visible.Length; index++)
        {
            var column = visible[index];
            wanted[index] = Math.Max(1, Header ? TextWidth.Of(header[column].Text) : 1);
            foreach (var row in _rows)
            {
                wanted[index] = Math.Max(wanted[index], TextWidth.Of(row[column].Text));
            }
        }

        var total = wanted.Sum() + visible.Length - 1;
        return Full || !TerminalFacts.OutputIsTerminal || total <= output.Columns
            ? wanted
            : Squeeze(wanted, output.Columns);
    }

    // Each column in turn gets an equal share of what is left, but never more than it asks for: what it leaves is dealt out
    // again among the others. When nobody asks for less than its share, the shares are final.
    private static int[] Squeeze(int[] wanted, int room)
    {
        var widths = new int[wanted.Length];
        var open = wanted.Length;
        var extra = Math.Max(0, room - (wanted.Length - 1) - wanted.Length);
        var final = false;
        while (true)
        {
            var settled = false;
            for (var index = 0; index < wanted.Length; index++)
            {
                if (widths[index] > 0)
                {
                    continue;
                }

                var share = 1 + (extra / open);
                if (share >= wanted[index])
                {
                    share = wanted[index];
                    settled = true;
                }
                else if (!final)
                {
                    continue;
                }

                widths[index] = share;
                extra -= share - 1;
                open--;
                if (settled && !final)
                {
                    break;
                }
            }

            if (final || open == 0)
            {
                return widths;
            }

            final = !settled;
        }
    }

    private static void PrintRow(CommandOutput output, int[] visible, Cell[] row, int[] widths, bool isHeader)
    {
        var style = output.Style;
        var gap = "";
        for (var index = 0; index < visible.Length; index++)
        {
            var cell = row[visible[index]];
            var isLast = index == visible.Length - 1;
            var text = TextWidth.Ellipsize(cell.Text, widths[index], percent: 100, output.Glyphs);
            if (!isLast || (style.IsEnabled && (cell.Color.Length > 0 || isHeader)))
            {
                text = TextWidth.PadRight(text, widths[index]);
            }
            else if (TextWidth.Of(text) < widths[index])
            {
                text = text.TrimEnd();
            }

            WriteCell(output, cell, text, gap, index > 0, isHeader);
            gap = cell.GapColor;
        }

        output.Write("\n");
    }

    private static void WriteCell(CommandOutput output, Cell cell, string text, string gap, bool separate, bool isHeader)
    {
        var style = output.Style;
        if (gap.Length > 0)
        {
            output.Write(gap);
        }
        else if (isHeader)
        {
            output.Write(style.Underline);
        }

        output.Write(separate ? " " : "");
        if (gap.Length > 0 || (cell.Color.Length > 0 && isHeader))
        {
            output.Write(style.Normal);
        }

        output.Write(cell.Color.Length > 0 ? cell.Color : gap.Length > 0 && isHeader ? style.Underline : "");
        output.Write(text);
        if (cell.Color.Length > 0 || isHeader)
        {
            output.Write(style.Normal);
        }
    }
}
