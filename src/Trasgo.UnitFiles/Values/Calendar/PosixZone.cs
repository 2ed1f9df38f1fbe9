using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>A zone as POSIX writes it in $TZ: "CET-1CEST,M3.5.0,M10.5.0/3" (tzset(3)).</summary>
internal sealed class PosixZone
{
    private DayRule _start;
    private DayRule _end;

    public ZoneOffset Standard { get; private set; }

    public ZoneOffset Daylight { get; private set; }

    public bool HasDaylight { get; private set; }

    public static PosixZone? Parse(string text)
    {
        var reader = new Reader(text);
        var zone = new PosixZone();
        if (!reader.Name(out var standard) || !reader.Offset(out var west))
        {
            return null;
        }

        zone.Standard = new ZoneOffset(-west, false, standard);
        if (reader.AtEnd)
        {
            return zone;
        }

        if (!reader.Name(out var daylight))
        {
            return null;
        }

        var daylightWest = west - 3600;
        if (!reader.AtEnd && reader.Peek != ',' && !reader.Offset(out daylightWest))
        {
            return null;
        }

        zone.HasDaylight = true;
        zone.Daylight = new ZoneOffset(-daylightWest, true, daylight);

        // Without rules, those of the United States hold, as in every implementation.
        (zone._start, zone._end) = (new DayRule(3, 2, 0, 7200), new DayRule(11, 1, 0, 7200));
        return reader.AtEnd || (reader.Rule(out zone._start) && reader.Rule(out zone._end) && reader.AtEnd) ? zone : null;
    }

    public ZoneOffset At(long seconds)
    {
        if (!HasDaylight)
        {
            return Standard;
        }

        var year = CivilTime.FromSeconds(seconds).Year;
        var start = _start.InYear(year) - Standard.Offset;
        var end = _end.InYear(year) - Daylight.Offset;
        var isDaylight = start > end ? seconds < end || seconds >= start : seconds >= start && seconds < end;
        return isDaylight ? Daylight : Standard;
    }

    /// <summary>The day of a change: "Mm.w.d", "Jn" (Month is 0) or "n" (Month is -1), and the second of that day.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct DayRule(int Month, int Week, int Day, int Second)
    {
        /// <summary>Seconds since 1970, on the zone's own clocks.</summary>
        public long InYear(int year)
        {
            var first = new CivilTime { Year = year, Month = Math.Max(Month, 1), Day = 1 };
            if (Month <= 0)
            {
                // "Jn" does not count February 29th.
                var isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
                first.Day = Month < 0 ? Day + 1 : Day + (isLeap && Day >= 60 ? 1 : 0);
                return first.Seconds + Second;
            }

            // Weekdays count from Sunday here, from Monday there.
            var ahead = Day - ((first.Weekday + 1) % 7);
            first.Day += (ahead < 0 ? ahead + 7 : ahead) + ((Week - 1) * 7);
            while (CivilTime.FromSeconds(first.Seconds).Month != Month)
            {
                first.Day -= 7;
            }

            return first.Seconds + Second;
        }
    }

    private ref struct Reader(string text)
    {
        private int _at;

        public readonly bool AtEnd => _at >= text.Length;

        public readonly char Peek => AtEnd ? '\0' : text[_at];

        /// <summary>Three letters or more, or anything within angle brackets.</summary>
        public bool Name(out string name)
        {
            var start = _at;
            if (Peek == '<')
            {
                var close = text.IndexOf('>', _at);
                name = close < 0 ? "" : text[(start + 1)..close];
                _at = close + 1;
                return close > start + 1;
            }

            while (char.IsAsciiLetter(Peek))
            {
                _at++;
            }

            name = text[start.._at];
            return name.Length >= 3;
        }

        /// <summary>"[+-]hh[:mm[:ss]]"; what counts west of Greenwich, or the time of a change, in seconds.</summary>
        public bool Offset(out int seconds)
        {
            var isNegative = Peek == '-';
            _at += Peek is '-' or '+' ? 1 : 0;
            seconds = 0;
            if (!Number(out var hours) || hours > 167)
            {
                return false;
            }

            seconds = hours * 3600;
            for (var unit = 60; unit > 0 && Peek == ':'; unit /= 60)
            {
                _at++;
                if (!Number(out var part) || part > 59)
                {
                    return false;
                }

                seconds += part * unit;
            }

            seconds = isNegative ? -seconds : seconds;
            return true;
        }

        public bool Rule(out DayRule rule)
        {
            rule = default;
            if (Peek != ',')
            {
                return false;
            }

            _at++;
            int month = -1, week = 0, day;
            if (Peek == 'M')
            {
                _at++;
                if (!Number(out month) || !Dot() || !Number(out week) || !Dot() || !Number(out day)
                    || month is < 1 or > 12 || week is < 1 or > 5 || day > 6)
                {
                    return false;
                }
            }
            else
            {
                month = Peek == 'J' ? 0 : -1;
                _at += Peek == 'J' ? 1 : 0;
                if (!Number(out day) || day > 365)
                {
                    return false;
                }
            }

            var second = 7200;
            if (Peek == '/')
            {
                _at++;
                if (!Offset(out second))
                {
                    return false;
                }
            }

            rule = new DayRule(month, week, day, second);
            return true;
        }

        private bool Dot() => Peek == '.' && ++_at > 0;

        private bool Number(out int number)
        {
            var start = _at;
            for (number = 0; char.IsAsciiDigit(Peek) && _at - start < 4; _at++)
            {
                number = (number * 10) + (Peek - '0');
            }

            return _at > start;
        }
    }
}
