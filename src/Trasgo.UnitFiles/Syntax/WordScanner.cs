using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>
/// Takes one word. It is in one of three states: bare, inside a quote, or just behind a backslash; the corners (what a
/// trailing backslash or an open quote means under which flags) are those of systemd's extract_first_word().
/// </summary>
internal ref struct WordScanner
{
    private readonly string _text;
    private readonly string _separators;
    private readonly ExtractFlags _flags;
    private readonly StringBuilder _word = new();
    private char _quote;

    public WordScanner(string text, int position, ExtractFlags flags, string separators)
    {
        _text = text;
        Position = position;
        _flags = flags;
        _separators = separators;
    }

    /// <summary>Where the next word begins; -1 when the text is used up.</summary>
    public int Position { get; private set; }

    private readonly bool AtEnd => Position >= _text.Length || _text[Position] == '\0';

    private readonly char Current => _text[Position];

    public ExtractResult Scan(out string word)
    {
        word = "";
        if (Position < 0)
        {
            return ExtractResult.End;
        }

        if (SkipToWord() is { } early)
        {
            return early;
        }

        for (; ; Position++)
        {
            if (AtEnd)
            {
                if (_quote != 0 && !Has(ExtractFlags.Relax))
                {
                    return ExtractResult.Invalid;
                }

                Position = -1;
                return Finish(out word);
            }

            var c = Current;
            if (c == '\\' && !Has(ExtractFlags.RetainEscape))
            {
                Position++;
                if (TakeEscape() is { } ended)
                {
                    return ended == ExtractResult.Word ? Finish(out word) : ended;
                }
            }
            else if (_quote != 0)
            {
                TakeQuoted(c);
            }
            else if (c is '\'' or '"' && Has(ExtractFlags.KeepQuote | ExtractFlags.Unquote))
            {
                _quote = c;
                if (!Has(ExtractFlags.Unquote))
                {
                    _word.Append(c);
                }
            }
            else if (IsSeparator(c))
            {
                SkipSeparators();
                return Finish(out word);
            }
            else
            {
                _word.Append(c);
            }
        }
    }

    private readonly bool Has(ExtractFlags flag) => (_flags & flag) != ExtractFlags.None;

    private readonly bool IsSeparator(char c) => _separators.Contains(c, StringComparison.Ordinal);

    private readonly ExtractResult Finish(out string word)
    {
        word = ByteText.Normalize(_word.ToString());
        return ExtractResult.Word;
    }

    /// <summary>Passes leading separators; a result if there is no word behind them, or an empty one before them.</summary>
    private ExtractResult? SkipToWord()
    {
        for (; !AtEnd; Position++)
        {
            if (!IsSeparator(Current))
            {
                return null;
            }

            if (Has(ExtractFlags.DontCoalesceSeparators))
            {
                Position += Has(ExtractFlags.RetainSeparators) ? 0 : 1;
                return ExtractResult.Word;
            }
        }

        Position = -1;
        return Has(ExtractFlags.DontCoalesceSeparators) ? ExtractResult.Word : ExtractResult.End;
    }

    private void TakeQuoted(char c)
    {
        if (c == _quote)
        {
            _quote = '\0';
            if (Has(ExtractFlags.Unquote))
            {
                return;
            }
        }

        _word.Append(c);
    }

    /// <summary>The position is behind the backslash. A result if the text ends here.</summary>
    private ExtractResult? TakeEscape()
    {
        if (AtEnd)
        {
            if (Has(ExtractFlags.UnescapeRelax) && (_quote == 0 || Has(ExtractFlags.Relax)))
            {
                _word.Append('\\');
            }
            else if (!Has(ExtractFlags.Relax))
            {
                return ExtractResult.Invalid;
            }

            Position = -1;
            return ExtractResult.Word;
        }

        var c = Current;
        if (!Has(ExtractFlags.CUnescape | ExtractFlags.UnescapeSeparators))
        {
            _word.Append(c);
            return null;
        }

        var used = Has(ExtractFlags.CUnescape) ? CEscape.TryDecode(_text.AsSpan(Position), acceptNul: false, _word) : 0;
        if (used > 0)
        {
            Position += used - 1;
        }
        else if (Has(ExtractFlags.UnescapeSeparators) && (IsSeparator(c) || c == '\\'))
        {
            _word.Append(c);
        }
        else if (Has(ExtractFlags.UnescapeRelax))
        {
            _word.Append('\\').Append(c);
        }
        else
        {
            return ExtractResult.Invalid;
        }

        return null;
    }

    private void SkipSeparators()
    {
        if (Has(ExtractFlags.DontCoalesceSeparators))
        {
            Position += Has(ExtractFlags.RetainSeparators) ? 0 : 1;
            return;
        }

        if (Has(ExtractFlags.RetainSeparators))
        {
            return;
        }

        while (!AtEnd && IsSeparator(Current))
        {
            Position++;
        }

        if (AtEnd)
        {
            Position = -1;
        }
    }
}
