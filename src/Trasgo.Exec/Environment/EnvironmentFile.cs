using System.Text;

namespace Trasgo.Exec;

/// <summary>
/// The format of EnvironmentFile=: shell-like assignments, one a line, "#" and ";" comments, quotes, a backslash at the end of a line
/// joining it with the next (systemd.exec(5)). No text is refused: what is no assignment is left out.
/// </summary>
internal ref struct EnvironmentFile
{
    private const string Blanks = " \t\n\r";

    private readonly List<string> _entries = [];
    private readonly StringBuilder _key = new();
    private readonly StringBuilder _value = new();
    private int _keyEnd = -1;
    private int _valueEnd = -1;

    public EnvironmentFile()
    {
    }

    private enum State
    {
        BeforeKey,
        Key,
        BeforeValue,
        Value,
        Escape,
        SingleQuoted,
        DoubleQuoted,
        DoubleQuotedEscape,
        Comment,
        CommentEscape,
    }

    /// <summary>"NAME=value" entries in the order of the file, names as they stand there.</summary>
    public static List<string> Parse(string text)
    {
        var file = new EnvironmentFile();
        var state = State.BeforeKey;
        foreach (var c in text)
        {
            state = file.Step(state, c);
        }

        if (state is not (State.BeforeKey or State.Key or State.Comment or State.CommentEscape))
        {
            file.Push(trimValue: state == State.Value);
        }

        return file._entries;
    }

    private State Step(State state, char c) => state switch
    {
        State.BeforeKey => BeforeKey(c),
        State.Key => Key(c),
        State.BeforeValue => BeforeValue(c),
        State.Value => Value(c),
        State.Escape => c is '\n' or '\r' ? State.Value : Append(c, State.Value),
        State.SingleQuoted => c == '\'' ? State.BeforeValue : Append(c, state),
        State.DoubleQuoted => c == '"' ? State.BeforeValue : c == '\\' ? State.DoubleQuotedEscape : Append(c, state),
        State.DoubleQuotedEscape => DoubleQuotedEscape(c),
        State.Comment => c == '\\' ? State.CommentEscape : c is '\n' or '\r' ? State.BeforeKey : state,
        _ => State.Comment,
    };

    private State BeforeKey(char c)
    {
        if (c is '#' or ';')
        {
            return State.Comment;
        }

        if (Blanks.Contains(c))
        {
            return State.BeforeKey;
        }

        _keyEnd = -1;
        _key.Clear().Append(c);
        return State.Key;
    }

    private State Key(char c)
    {
        if (c is '\n' or '\r')
        {
            return State.BeforeKey;
        }

        if (c == '=')
        {
            _valueEnd = -1;
            _value.Clear();
            return State.BeforeValue;
        }

        Trail(ref _keyEnd, c, _key.Length);
        _key.Append(c);
        return State.Key;
    }

    private State BeforeValue(char c)
    {
        switch (c)
        {
            case '\n' or '\r':
                Push(trimValue: false);
                return State.BeforeKey;
            case '\'':
                return State.SingleQuoted;
            case '"':
                return State.DoubleQuoted;
            case '\\':
                return State.Escape;
            default:
                return Blanks.Contains(c) ? State.BeforeValue : Append(c, State.Value);
        }
    }

    private State Value(char c)
    {
        if (c is '\n' or '\r')
        {
            Push(trimValue: true);
            return State.BeforeKey;
        }

        if (c == '\\')
        {
            _valueEnd = -1;
            return State.Escape;
        }

        Trail(ref _valueEnd, c, _value.Length);
        return Append(c, State.Value);
    }

    private State DoubleQuotedEscape(char c)
    {
        if (c == '\n')
        {
            return State.DoubleQuoted;
        }

        // As in a shell: the backslash stays before what needs no escape.
        if (c is not ('"' or '\\' or '`' or '$'))
        {
            _value.Append('\\');
        }

        return Append(c, State.DoubleQuoted);
    }

    private readonly State Append(char c, State next)
    {
        _value.Append(c);
        return next;
    }

    /// <summary>Remembers where trailing blanks begin, to cut them off.</summary>
    private static void Trail(ref int end, char c, int length)
    {
        if (!Blanks.Contains(c))
        {
            end = -1;
        }
        else if (end < 0)
        {
            end = length;
        }
    }

    private void Push(bool trimValue)
    {
        var key = _keyEnd >= 0 ? _key.ToString(0, _keyEnd) : _key.ToString();
        var value = trimValue && _valueEnd >= 0 ? _value.ToString(0, _valueEnd) : _value.ToString();
        _entries.Add($"{key}={value}");
        _key.Clear();
        _value.Clear();
        _keyEnd = -1;
        _valueEnd = -1;
    }
}
