namespace Trasgo.UnitFiles.Values;

/// <summary>Reads points in time as systemd.time(7) has them, "PARSING TIMESTAMPS": "2012-11-23 11:12:13", "yesterday", "+3h", "@1395716396".</summary>
internal static class Timestamps
{
    /// <summary>As far as systemd formats times: the end of the year 9999 in any zone.</summary>
    public const ulong Last = 253_402_214_399UL * TimeSpans.Second;

    /// <summary>The formats in the order in which they are tried; "y" is a year of two digits, "b" the name of a month.</summary>
    private static readonly string[] s_formats =
        ["y-m-d H:M:S", "Y-m-d H:M:S", "b d H:M:S", "y-m-d H:M", "Y-m-d H:M", "y-m-d", "Y-m-d", "H:M:S", "H:M"];

    private static readonly string[] s_days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly string[] s_months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <param name="now">What relative times count from, in microseconds since 1970.</param>
    public static bool TryParse(string text, ITimeZones zones, ulong now, out ulong usec)
    {
        usec = 0;
        if (text.StartsWith('@'))
        {
            return TimeSpans.TryParse(text[1..], out usec);
        }

        if (IsRelative(text))
        {
            return TryRelative(text, now, out usec);
        }

        TakeZone(ref text, zones, out var zone, out var daylight);
        return TryAbsolute(text, zone, daylight, now, out usec);
    }

    private static void TakeZone(ref string text, ITimeZones zones, out ZoneRules zone, out int daylight)
    {
        (zone, daylight) = (zones.Local, CivilTime.AnyDaylight);
        var space = text.LastIndexOf(' ');
        if (space <= 0)
        {
            return;
        }

        var word = text[(space + 1)..];
        if (word.Equals("UTC", StringComparison.OrdinalIgnoreCase))
        {
            (text, zone) = (text[..space], ZoneRules.Utc);
            return;
        }

        for (var kind = 0; kind <= 1; kind++)
        {
            if (word.Equals(zone.Abbreviation(kind == 1), StringComparison.OrdinalIgnoreCase))
            {
                (text, daylight) = (text[..space], kind);
                return;
            }
        }

        if (ZoneNames.IsValid(word) && zones.Find(word) is { } named)
        {
            (text, zone) = (text[..space], named);
        }
    }

    private static bool IsRelative(string text) =>
        text == "now" || text.StartsWith('+') || text.StartsWith('-')
        || text.EndsWith(" ago", StringComparison.Ordinal) || text.EndsWith(" left", StringComparison.Ordinal);

    private static bool TryRelative(string text, ulong now, out ulong usec)
    {
        usec = now;
        if (text == "now")
        {
            return true;
        }

        var isPast = text.StartsWith('-') || text.EndsWith(" ago", StringComparison.Ordinal);
        var span = text.StartsWith('+') || text.StartsWith('-') ? text[1..]
            : isPast ? text[..^4]
            : text.EndsWith(" left", StringComparison.Ordinal) ? text[..^5]
            : "";
        if (!TimeSpans.TryParse(span, out var distance))
        {
            return false;
        }

        usec = isPast ? now - distance : now + distance;
        return isPast ? distance <= now : distance <= Last - Math.Min(now, Last);
    }

    private static bool TryAbsolute(string text, ZoneRules zone, int daylight, ulong now, out ulong usec)
    {
        usec = 0;
        var seconds = (long)(now / TimeSpans.Second);
        var today = zone.ToCivil(seconds);
        today.Daylight = daylight;
        var weekday = TakeWeekday(ref text);
        var (time, fraction) = (today, 0UL);
        if (!TryWord(text, ref time) && !TryFormats(text, today, out time, out fraction))
        {
            return false;
        }

        if (weekday >= 0 && time.Weekday != weekday)
        {
            return false;
        }

        var clock = new ZoneClock(zone, zone.At(seconds).Offset);
        if (clock.Settle(ref time) is not { } found)
        {
            return false;
        }

        usec = ((ulong)found * TimeSpans.Second) + fraction;
        return usec <= Last;
    }

    /// <summary>-1: none is named.</summary>
    private static int TakeWeekday(ref string text)
    {
        for (var day = 0; day < s_days.Length; day++)
        {
            foreach (var name in (ReadOnlySpan<string>)[s_days[day], s_days[day][..3]])
            {
                if (text.StartsWith(name + " ", StringComparison.OrdinalIgnoreCase))
                {
                    text = text[(name.Length + 1)..];
                    return day;
                }
            }
        }

        return -1;
    }

    private static bool TryWord(string text, ref CivilTime time)
    {
        int? days = text switch { "today" => 0, "yesterday" => -1, "tomorrow" => 1, _ => null };
        if (days is { } offset)
        {
            time.Day += offset;
            (time.Hour, time.Minute, time.Second) = (0, 0, 0);
        }

        return days is not null;
    }

    private static bool TryFormats(string text, CivilTime today, out CivilTime time, out ulong fraction)
    {
        fraction = 0;
        foreach (var format in s_formats)
        {
            time = today;
            if (!format.Contains('S', StringComparison.Ordinal))
            {
                time.Second = 0;
            }

            if (!format.Contains('H', StringComparison.Ordinal))
            {
                (time.Hour, time.Minute) = (0, 0);
            }

            var at = 0;
            if (!Match(text, format, ref at, ref time))
            {
                continue;
            }

            if (at == text.Length || (format.EndsWith('S') && text[at] == '.' && TryFraction(text.AsSpan(at + 1), out fraction)))
            {
                return true;
            }
        }

        time = today;
        return false;
    }

    private static bool Match(string text, string format, ref int at, ref CivilTime time)
    {
        foreach (var field in format)
        {
            var good = field switch
            {
                'y' => Number(text, ref at, 0, 99, 2, out time.Year) && FixYear(ref time.Year),
                'Y' => Number(text, ref at, 0, 9999, 4, out time.Year),
                'm' => Number(text, ref at, 1, 12, 2, out time.Month),
                'b' => Month(text, ref at, out time.Month),
                'd' => Number(text, ref at, 1, 31, 2, out time.Day),
                'H' => Number(text, ref at, 0, 23, 2, out time.Hour),
                'M' => Number(text, ref at, 0, 59, 2, out time.Minute),
                'S' => Number(text, ref at, 0, 61, 2, out time.Second),
                ' ' => SkipBlanks(text, ref at),
                _ => at < text.Length && text[at] == field && ++at > 0,
            };
            if (!good)
            {
                return false;
            }
        }

        return true;
    }

    private static bool FixYear(ref int year)
    {
        year += year < 69 ? 2000 : 1900;
        return true;
    }

    private static bool SkipBlanks(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return true;
    }

    private static bool Month(string text, ref int at, out int month)
    {
        for (month = 1; month <= s_months.Length; month++)
        {
            foreach (var name in (ReadOnlySpan<string>)[s_months[month - 1], s_months[month - 1][..3]])
            {
                if (text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    at += name.Length;
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>As strptime(3) reads numbers: no further than another digit could still be within the bounds.</summary>
    private static bool Number(string text, ref int at, int least, int most, int digits, out int number)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var start = at;
        number = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < digits && (at == start || number * 10 <= most))
        {
            number = (number * 10) + (text[at++] - '0');
        }

        return at > start && number >= least && number <= most;
    }

    private static bool TryFraction(ReadOnlySpan<char> digits, out ulong microseconds)
    {
        microseconds = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            if (!char.IsAsciiDigit(digits[i]))
            {
                return false;
            }

            // The seventh digit rounds; those behind it do not count.
            var digit = (ulong)(digits[i] - '0');
            microseconds = i < 6 ? (microseconds * 10) + digit : microseconds + (i == 6 && digit >= 5 ? 1UL : 0);
        }

        for (var missing = digits.Length; missing < 6; missing++)
        {
            microseconds *= 10;
        }

        return digits.Length > 0;
    }
}
