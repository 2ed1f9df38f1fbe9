using System.Runtime.InteropServices;

namespace Trasgo.UnitFiles.Values;

/// <summary>What the clocks of a zone show at some moment.</summary>
/// <param name="Offset">Seconds east of Greenwich.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ZoneOffset(int Offset, bool IsDaylight, string Abbreviation);

/// <summary>
/// A time zone: the changes that its file lists, each in effect from its moment on, and a rule for the time after the last of them
/// (tzfile(5)).
/// </summary>
internal sealed class ZoneRules(long[] changes, byte[] kinds, ZoneOffset[] offsets, PosixZone? rule)
{
    public static readonly ZoneRules Utc = new([], [], [new ZoneOffset(0, false, "UTC")], rule: null);

    /// <summary>Its clocks show UTC nowadays, whatever the zone is called.</summary>
    public bool IsUtc => Abbreviation(isDaylight: true) is null && At(long.MaxValue / 2).Offset == 0;

    public static ZoneRules FromRule(PosixZone rule) => new([], [], [rule.Standard], rule);

    /// <summary>In seconds since 1970.</summary>
    public ZoneOffset At(long seconds)
    {
        if (changes.Length == 0 || seconds >= changes[^1])
        {
            return rule?.At(seconds) ?? offsets[kinds.Length > 0 ? kinds[^1] : FirstKind()];
        }

        if (seconds < changes[0])
        {
            return offsets[FirstKind()];
        }

        var index = Array.BinarySearch(changes, seconds);
        return offsets[kinds[index >= 0 ? index : ~index - 1]];
    }

    public CivilTime ToCivil(long seconds)
    {
        var at = At(seconds);
        return CivilTime.FromSeconds(seconds + at.Offset, at.IsDaylight ? 1 : 0);
    }

    /// <summary>The abbreviation in use last, of standard or daylight saving time; null where the zone never had any.</summary>
    public string? Abbreviation(bool isDaylight)
    {
        for (var i = kinds.Length - 1; i >= 0; i--)
        {
            if (offsets[kinds[i]].IsDaylight == isDaylight)
            {
                return offsets[kinds[i]].Abbreviation;
            }
        }

        return isDaylight
            ? rule is { HasDaylight: true } ? rule.Daylight.Abbreviation : null
            : offsets[FirstKind()].Abbreviation;
    }

    /// <summary>Before the first change, standard time was in effect.</summary>
    private int FirstKind() => Math.Max(0, Array.FindIndex(offsets, static offset => !offset.IsDaylight));
}
