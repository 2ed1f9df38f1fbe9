namespace Trasgo.UnitFiles.Values;

/// <summary>What came of the search for the next elapse.</summary>
internal enum CalendarOutcome
{
    Found,

    /// <summary>The event does not come any more, at least not before the year 2200.</summary>
    Never,

    /// <summary>The moment asked about is none that can be computed with (EINVAL).</summary>
    Invalid,

    /// <summary>The search led in a circle (EDEADLK).</summary>
    Endless,
}

/// <summary>
/// Finds the first moment after another at which a calendar event comes. Fields are fitted from the year down to the second; whenever one
/// moves, those below it start over, and one that has no value left lets the one above move. After each step the time is settled in its
/// zone, so that what a change of the clocks skips is not found.
/// </summary>
internal ref struct CalendarSearch
{
    /// <summary>As far as systemd formats times: the end of the year 9999 in any zone.</summary>
    private const ulong LastMoment = 253_402_214_399UL * CalendarSpec.Second;

    private const int MostSteps = 1000;
    private const int Missing = -1;

    private readonly CalendarSpec _spec;
    private ZoneClock _clock;
    private CivilTime _at;
    private int _microsecond;

    private CalendarSearch(CalendarSpec spec, ZoneRules zone, ulong start)
    {
        var seconds = (long)(start / CalendarSpec.Second);
        _spec = spec;
        _clock = new ZoneClock(zone, zone.At(seconds).Offset);
        _at = zone.ToCivil(seconds);
        _microsecond = (int)(start % CalendarSpec.Second);
    }

    private enum Field
    {
        Year,
        Month,
        Day,
        Hour,
        Minute,
        Second,
    }

    private enum Fit
    {
        Fits,
        Moved,
        Exhausted,
    }

    /// <summary>The first elapse after a moment; both in microseconds since 1970.</summary>
    public static CalendarOutcome Next(CalendarSpec spec, ITimeZones zones, ulong after, out ulong next)
    {
        next = 0;
        if (after > LastMoment)
        {
            return CalendarOutcome.Invalid;
        }

        // A zone whose file has gone away since the event was read counts as UTC, as in the C library.
        var zone = spec.Utc ? ZoneRules.Utc : spec.TimeZone is { } name ? zones.Find(name) ?? ZoneRules.Utc : zones.Local;
        return new CalendarSearch(spec, zone, after + 1).Run(out next);
    }

    private CalendarOutcome Run(out ulong next)
    {
        next = 0;
        for (var step = 0; step < MostSteps; step++)
        {
            Normalize();
            if (FitYear() != Fit.Fits)
            {
                return CalendarOutcome.Never;
            }

            if (!FitsDate() || !FitsTime())
            {
                continue;
            }

            if (_clock.Settle(ref _at) is not { } seconds)
            {
                return CalendarOutcome.Invalid;
            }

            next = ((ulong)seconds * CalendarSpec.Second) + (ulong)_microsecond;
            return CalendarOutcome.Found;
        }

        return CalendarOutcome.Endless;
    }

    /// <summary>
    /// Puts the time right. What falls into hours that the clocks skip goes on to after them; it must not go back to before them, which is where
    /// a zone with its daylight saving time in winter would lead to, for ever.
    /// </summary>
    private void Normalize()
    {
        var wanted = _at;
        _clock.Settle(ref _at);
        if (_spec.Daylight < 0 && _at.Seconds < wanted.Seconds)
        {
            wanted.Daylight = _at.Daylight;
            _at = wanted;
            _clock.Settle(ref _at);
        }

        _at.Daylight = _spec.Daylight;
    }

    private bool FitsDate()
    {
        if (!Settled(FitField(_spec.Month, ref _at.Month, Field.Month), Field.Year)
            || !Settled(FitField(_spec.Day, ref _at.Day, Field.Day), Field.Month))
        {
            return false;
        }

        var day = _at;
        if (_spec.Weekdays == 0 || (_clock.Settle(ref day) is not null && (_spec.Weekdays & (1 << day.Weekday)) != 0))
        {
            return true;
        }

        Advance(Field.Day);
        return false;
    }

    private bool FitsTime() =>
        Settled(FitField(_spec.Hour, ref _at.Hour, Field.Hour), Field.Day)
        && Settled(FitField(_spec.Minute, ref _at.Minute, Field.Minute), Field.Hour)
        && Settled(FitSecond(), Field.Minute);

    private Fit FitYear() => FitField(_spec.Year, ref _at.Year, Field.Year);

    private Fit FitSecond()
    {
        var microseconds = (_at.Second * CalendarSpec.Second) + _microsecond;
        var fits = TryMatch(_spec.Microsecond, ref microseconds, isDay: false);
        (_at.Second, _microsecond) = (microseconds / CalendarSpec.Second, microseconds % CalendarSpec.Second);
        return fits ? Bounds() : Fit.Exhausted;
    }

    private Fit FitField(CalendarComponent[]? chain, scoped ref int value, Field field)
    {
        var before = value;
        if (!TryMatch(chain, ref value, isDay: field == Field.Day))
        {
            return Fit.Exhausted;
        }

        if (value != before)
        {
            Reset(field);
        }

        return Bounds();
    }

    /// <summary>True where the search can go on to the next field; else the time has been moved, and the search starts over.</summary>
    private bool Settled(Fit fit, Field above)
    {
        if (fit == Fit.Exhausted)
        {
            Advance(above);
        }

        return fit == Fit.Fits;
    }

    private void Advance(Field field)
    {
        switch (field)
        {
            case Field.Year:
                _at.Year++;
                break;
            case Field.Month:
                _at.Month++;
                break;
            case Field.Day:
                _at.Day++;
                break;
            case Field.Hour:
                _at.Hour++;
                break;
            default:
                _at.Minute++;
                break;
        }

        Reset(field);
    }

    /// <summary>What is below the field starts over.</summary>
    private void Reset(Field field)
    {
        _at.Month = field < Field.Month ? 1 : _at.Month;
        _at.Day = field < Field.Day ? 1 : _at.Day;
        _at.Hour = field < Field.Hour ? 0 : _at.Hour;
        _at.Minute = field < Field.Minute ? 0 : _at.Minute;
        _at.Second = field < Field.Second ? 0 : _at.Second;
        _microsecond = field < Field.Second ? 0 : _microsecond;
    }

    /// <summary>
    /// Whether there is such a time. A day too many, or an hour that the clocks skip, leads on to a later time, of which the field below the one that
    /// moved starts over; one that leads back, to before the clocks were changed, is refused.
    /// </summary>
    private Fit Bounds()
    {
        if (_at.Year > CalendarSpec.YearMost)
        {
            return Fit.Exhausted;
        }

        var settled = _at;
        if (_clock.Settle(ref settled) is null)
        {
            return Fit.Exhausted;
        }

        int moved;
        if ((moved = settled.Year.CompareTo(_at.Year)) != 0)
        {
            settled.Month = 1;
        }
        else if ((moved = settled.Month.CompareTo(_at.Month)) != 0)
        {
            settled.Day = 1;
        }
        else if ((moved = settled.Day.CompareTo(_at.Day)) != 0)
        {
            settled.Hour = 0;
        }
        else if ((moved = settled.Hour.CompareTo(_at.Hour)) != 0)
        {
            settled.Minute = 0;
        }
        else if ((moved = settled.Minute.CompareTo(_at.Minute)) != 0)
        {
            settled.Second = 0;
        }
        else
        {
            moved = settled.Second.CompareTo(_at.Second);
        }

        _at = moved > 0 ? settled : _at;
        return moved switch { < 0 => Fit.Exhausted, 0 => Fit.Fits, _ => Fit.Moved };
    }

    /// <summary>The least value of the chain that is not below the given one.</summary>
    private bool TryMatch(CalendarComponent[]? chain, scoped ref int value, bool isDay)
    {
        if (chain is null)
        {
            return true;
        }

        int? best = null;
        foreach (var component in chain)
        {
            var (start, stop, repeat) = component;
            if (isDay && _spec.FromEndOfMonth)
            {
                (start, stop) = (FromEndOfMonth(start), FromEndOfMonth(stop));
                (start, stop) = stop > 0 ? (stop, start) : (start, stop);
            }

            var candidate = start;
            if (start < value)
            {
                if (repeat <= 0)
                {
                    continue;
                }

                candidate = start + (repeat * ((value - start + repeat - 1) / repeat));
                if (stop >= 0 && candidate > stop)
                {
                    continue;
                }
            }

            best = best is { } least ? Math.Min(least, candidate) : candidate;
        }

        value = best ?? value;
        return best is not null;
    }

    /// <summary>The day that is so many days before the end of this month, 1 being the last; missing where the month is too short.</summary>
    private int FromEndOfMonth(int day)
    {
        var time = _at;
        time.Month++;
        time.Day = 1 - day;
        return _clock.Settle(ref time) is not null && time.Month == _at.Month ? time.Day : Missing;
    }
}
