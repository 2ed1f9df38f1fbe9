namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Turns what a zone's clocks show into the moment at which they do, the way mktime(3) of the GNU C library does, because in the hour that
/// a change of the clocks skips or repeats the answer is a choice, and timers must come when systemd's come.
/// </summary>
/// <remarks>
/// The offset from UTC is guessed, looked up at the moment that follows from the guess, and so on until it fits. The first guess is the
/// offset found last, so in a repeated hour the one that was in effect before is kept. In a skipped hour the guesses go to and fro between
/// the two offsets: the daylight saving one is taken then.
/// </remarks>
internal struct ZoneClock(ZoneRules zone, long guess)
{
    private const int MostProbes = 6;

    /// <summary>If daylight saving time is asked for in winter, its offset is that of the next summer on either side, looked for weekwise.</summary>
    private const long Stride = 601_200;

    private const long Reach = (536_454_000 / 2) + Stride;

    private long _offset = guess;

    /// <summary>Puts the fields within their ranges, and says the moment; null where there is none, or only before 1970.</summary>
    public long? Settle(ref CivilTime time)
    {
        // As mktime() does it: seconds beyond the minute are added at the end, past a change of the clocks if there is one.
        var second = time.Second;
        var wanted = time;
        wanted.Second = Math.Clamp(second, 0, 59);
        if (Find(wanted.Seconds, time.Daylight) is not { } found)
        {
            return null;
        }

        _offset = wanted.Seconds - found;
        found += second - wanted.Second;
        time = zone.ToCivil(found);
        return found < 0 ? null : found;
    }

    private static bool Differ(int wanted, bool isDaylight) => wanted >= 0 && (wanted != 0) != isDaylight;

    private readonly long? Find(long local, int daylight)
    {
        var probes = MostProbes;
        var wasDaylight = false;
        long before = local - _offset, last = before, probe = before;
        while (true)
        {
            var at = zone.At(probe);
            var better = local - at.Offset;
            if (better == probe)
            {
                return Differ(daylight, at.IsDaylight) ? Neighbour(local, probe, daylight) : probe;
            }

            if (probe == before && probe != last && (daylight < 0 ? !wasDaylight || at.IsDaylight : (daylight != 0) != at.IsDaylight))
            {
                return probe;
            }

            if (--probes == 0)
            {
                return null;
            }

            (before, last, probe) = (last, probe, better);
            wasDaylight = at.IsDaylight;
        }
    }

    /// <summary>The moment as it would be with the offset of the nearest time that has the wanted kind.</summary>
    private readonly long? Neighbour(long local, long from, int daylight)
    {
        for (var distance = Stride; distance < Reach; distance += Stride)
        {
            for (var direction = -1; direction <= 1; direction += 2)
            {
                var at = zone.At(from + (distance * direction));
                if (!Differ(daylight, at.IsDaylight))
                {
                    return local - at.Offset;
                }
            }
        }

        return null;
    }
}
