namespace Trasgo.UnitFiles.Syntax;

/// <summary>
/// Splits bytes into lines as systemd does: LF, CR and NUL end a line, and so does a run of different ones; a NUL
/// always closes the run.
/// </summary>
internal ref struct LineReader
{
    private ReadOnlySpan<byte> _rest;

    public LineReader(ReadOnlySpan<byte> text) => _rest = text;

    /// <summary>The number of the line that Next gave last, from 1.</summary>
    public int Number { get; private set; }

    public bool Next(out ReadOnlySpan<byte> line)
    {
        if (_rest.Length == 0)
        {
            line = default;
            return false;
        }

        var end = _rest.IndexOfAny((byte)'\n', (byte)'\r', (byte)0);
        line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + MarkerLength(_rest[end..]))..];
        Number++;
        return true;
    }

    private static int MarkerLength(ReadOnlySpan<byte> marks)
    {
        var seen = 0;
        for (var i = 0; i < marks.Length; i++)
        {
            var bit = marks[i] switch { (byte)'\n' => 1, (byte)'\r' => 2, 0 => 4, _ => 0 };
            if (bit == 0 || (seen & (bit | 4)) != 0)
            {
                return i;
            }

            seen |= bit;
        }

        return marks.Length;
    }
}
