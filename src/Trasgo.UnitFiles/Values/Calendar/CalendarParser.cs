namespace Trasgo.UnitFiles.Values;

/// <summary>Reads a calendar event: a word like "weekly", or weekdays, a date and a time, each of which may be left out.</summary>
internal ref struct CalendarParser(CalendarSpec spec, ITimeZones zones)
{
    private const int MaxComponents = 240;

    private static readonly CalendarComponent[] s_zero = [new(0)];
    private static readonly CalendarComponent[] s_one = [new(1)];

    private static readonly (string Name, int Number)[] s_days =
    [
        ("Monday", 0), ("Mon", 0), ("Tuesday", 1), ("Tue", 1), ("Wednesday", 2), ("Wed", 2), ("Thursday", 3), ("Thu", 3),
        ("Friday", 4), ("Fri", 4), ("Saturday", 5), ("Sat", 5), ("Sunday", 6), ("Sun", 6),
    ];

    private string _text = "";
    private int _at;

    private readonly char Current => _at < _text.Length ? _text[_at] : '\0';

    private readonly char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    public bool Parse(string text)
    {
        _text = TakeZone(text);
        if (_text.Length == 0)
        {
            return false;
        }

        return ParseWord() || (ParseWeekdays() && ParseDateAndTime() && _at == _text.Length);
    }

    /// <summary>
    /// "UTC", an abbreviation of the local zone ("CEST" asks for daylight saving time all the year), or the name of a zone that there is.
    /// </summary>
    private readonly string TakeZone(string text)
    {
        if (text.EndsWith(" UTC", StringComparison.OrdinalIgnoreCase))
        {
            spec.Utc = true;
            return text[..^4];
        }

        var space = text.LastIndexOf(' ');
        if (space <= 0)
        {
            return text;
        }

        var word = text[(space + 1)..];
        for (var daylight = 0; daylight <= 1; daylight++)
        {
            if (zones.Local.Abbreviation(daylight == 1) is { Length: > 0 } abbreviation && word.Equals(abbreviation, StringComparison.OrdinalIgnoreCase))
            {
                spec.Daylight = daylight;
                spec.Abbreviation = abbreviation;
                return text[..space];
            }
        }

        if (!ZoneNames.IsValid(word) || zones.Find(word) is null)
        {
            return text;
        }

        spec.TimeZone = word;
        return text[..space];
    }

    private readonly bool ParseWord()
    {
        switch (_text.ToLowerInvariant())
        {
            case "minutely":
                spec.Microsecond = s_zero;
                return true;
            case "hourly":
                (spec.Minute, spec.Microsecond) = (s_zero, s_zero);
                return true;
            case "daily":
                return Midnight();
            case "weekly":
                spec.Weekdays = 1;
                return Midnight();
            case "monthly":
                return FirstOfMonths(null);
            case "quarterly":
                return FirstOfMonths([new(1), new(4), new(7), new(10)]);
            case "biannually" or "bi-annually" or "semiannually" or "semi-annually":
                return FirstOfMonths([new(1), new(7)]);
            case "annually" or "yearly" or "anually":
                return FirstOfMonths(s_one);
            default:
                return false;
        }
    }

    private readonly bool Midnight()
    {
        (spec.Hour, spec.Minute, spec.Microsecond) = (s_zero, s_zero, s_zero);
        return true;
    }

    private readonly bool FirstOfMonths(CalendarComponent[]? months)
    {
        (spec.Month, spec.Day) = (months, s_one);
        return Midnight();
    }

    private bool ParseWeekdays()
    {
        var from = -1;
        for (var first = true; ; first = false)
        {
            if (!TakeWeekday(out var day))
            {
                return first;
            }

            if (day < 0 || from > day)
            {
                return false;
            }

            for (var each = from < 0 ? day : from; each <= day; each++)
            {
                spec.Weekdays |= 1 << each;
            }

            var open = false;
            switch (Current)
            {
                case '.' when from < 0 && Next == '.':
                    _at += 2;
                    open = true;
                    break;
                case '-' when from < 0:
                    _at++;
                    open = true;
                    break;
                case ',':
                    _at++;
                    break;
                case '\0' or ' ':
                    break;
                default:
                    return false;
            }

            from = open ? day : -1;
            if (Current is '\0' or ' ')
            {
                SkipBlanks();
                return !open;
            }
        }
    }

    /// <summary>False if no name of a day stands here; -1 if one stands here that runs on.</summary>
    private bool TakeWeekday(out int day)
    {
        foreach (var (name, number) in s_days)
        {
            if (_text.AsSpan(_at).StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                _at += name.Length;
                day = Current is '\0' or '-' or '.' or ',' or ' ' ? number : -1;
                return true;
            }
        }

        day = -1;
        return false;
    }

    private bool ParseDateAndTime()
    {
        if (Current == '@')
        {
            return ParseTimestamp();
        }

        var start = _at;
        if (Current == '\0')
        {
            return Midnight();
        }

        if (!TakeChain(out var first, seconds: false))
        {
            return false;
        }

        if (Current is '\0' or ':')
        {
            // That was no date but the hour.
            _at = start;
            return ParseTime();
        }

        return ParseRestOfDate(first) && (Current == '\0' ? Midnight() : ParseTime());
    }

    private bool ParseRestOfDate(CalendarComponent[]? first)
    {
        if (!TakeDateSign() || !TakeChain(out var second, seconds: false))
        {
            return false;
        }

        if (Current is '\0' or ' ')
        {
            (spec.Month, spec.Day) = (first, second);
            SkipBlanks();
            return true;
        }

        if (spec.FromEndOfMonth || !TakeDateSign() || !TakeChain(out var third, seconds: false) || Current is not ('\0' or ' '))
        {
            return false;
        }

        (spec.Year, spec.Month, spec.Day) = (first, second, third);
        SkipBlanks();
        return true;
    }

    private bool TakeDateSign()
    {
        spec.FromEndOfMonth = Current == '~';
        return Current is '-' or '~' && ++_at > 0;
    }

    private bool ParseTime()
    {
        if (!TakeChain(out var hour, seconds: false) || Current != ':')
        {
            return false;
        }

        _at++;
        CalendarComponent[]? second = s_zero;
        if (!TakeChain(out var minute, seconds: false) || (Current == ':' && (++_at < 0 || !TakeChain(out second, seconds: true))))
        {
            return false;
        }

        (spec.Hour, spec.Minute, spec.Microsecond) = (hour, minute, second);
        return Current == '\0';
    }

    /// <summary>"@" and seconds since the epoch.</summary>
    private bool ParseTimestamp()
    {
        _at++;
        if (!Numbers.TakeDigits(_text, ref _at, out var seconds) || seconds >= 7_258_118_400)
        {
            return false;
        }

        var time = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        spec.Utc = true;
        (spec.Year, spec.Month, spec.Day) = ([new(time.Year)], [new(time.Month)], [new(time.Day)]);
        (spec.Hour, spec.Minute, spec.Microsecond) = ([new(time.Hour)], [new(time.Minute)], [new(time.Second * CalendarSpec.Second)]);
        return true;
    }

    /// <summary>"*" is null, but for seconds a repetition.</summary>
    private bool TakeChain(out CalendarComponent[]? chain, bool seconds)
    {
        if (Current == '*')
        {
            _at++;
            chain = seconds ? [new CalendarComponent(0, -1, CalendarSpec.Second)] : null;
            return true;
        }

        var parts = new List<CalendarComponent>();
        chain = null;
        do
        {
            _at += parts.Count > 0 ? 1 : 0;
            if (parts.Count > MaxComponents || !TakeComponent(out var part, seconds))
            {
                return false;
            }

            parts.Add(part);
        }
        while (Current == ',');

        chain = [.. parts];
        return true;
    }

    private bool TakeComponent(out CalendarComponent part, bool seconds)
    {
        part = default;
        var stop = -1;
        var repeat = 0;
        if (!TakeNumber(out var start, seconds))
        {
            return false;
        }

        if (Current == '.' && Next == '.')
        {
            _at += 2;
            if (!TakeNumber(out stop, seconds))
            {
                return false;
            }

            repeat = seconds ? CalendarSpec.Second : 1;
        }

        if (Current == '/')
        {
            _at++;
            if (!TakeNumber(out repeat, seconds) || repeat == 0)
            {
                return false;
            }
        }
        else if (start > int.MaxValue - repeat || (seconds && stop >= 0 && start + repeat > stop))
        {
            return false;
        }

        part = new CalendarComponent(start, stop, repeat);
        return Current is '\0' or ' ' or ',' or '-' or '~' or ':';
    }

    private bool TakeNumber(out int number, bool seconds)
    {
        number = 0;
        if (!Numbers.TakeDigits(_text, ref _at, out var value) || value > int.MaxValue)
        {
            return false;
        }

        if (seconds)
        {
            value *= CalendarSpec.Second;
            if (Current == '.' && Next != '.')
            {
                _at++;
                if (!TakeFraction(out var fraction))
                {
                    return false;
                }

                value += (ulong)fraction;
            }
        }

        number = (int)Math.Min(value, int.MaxValue);
        return value <= int.MaxValue;
    }

    /// <summary>Microseconds; a seventh digit rounds, further ones are read past.</summary>
    private bool TakeFraction(out int fraction)
    {
        fraction = 0;
        var digits = 0;
        for (; char.IsAsciiDigit(Current); _at++, digits++)
        {
            if (digits < 6)
            {
                fraction = (fraction * 10) + (Current - '0');
            }
            else if (digits == 6 && Current >= '5')
            {
                fraction++;
            }
        }

        for (var missing = digits; missing < 6; missing++)
        {
            fraction *= 10;
        }

        return digits > 0;
    }

    private void SkipBlanks()
    {
        while (Current == ' ')
        {
            _at++;
        }
    }
}
