using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Trasgo.Cron;

/// <summary>The fields of a crontab's line, in their order (crontab(5)).</summary>
internal enum CronFieldKind
{
    Minute,
    Hour,
    DayOfMonth,
    Month,
    DayOfWeek,
}

/// <summary>The values of one field: bit 5 is set where 5 is meant.</summary>
/// <param name="HasStar">It begins with a star, and so does not count as a restriction of the days, whatever step follows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CronField(ulong Values, bool HasStar)
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static int Least(CronFieldKind kind) => kind is CronFieldKind.DayOfMonth or CronFieldKind.Month ? 1 : 0;

    /// <summary>Sunday is 0 and 7.</summary>
    public static int Most(CronFieldKind kind) => kind switch
    {
        CronFieldKind.Minute => 59,
        CronFieldKind.Hour => 23,
        CronFieldKind.DayOfMonth => 31,
        CronFieldKind.Month => 12,
        _ => 7,
    };

    /// <summary>A list of "*", "5", "5-9", each but the number alone with "/2" behind it.</summary>
    public static bool TryParse(string text, CronFieldKind kind, out CronField field)
    {
        var values = 0UL;
        foreach (var part in text.Split(','))
        {
            if (!TryPart(part, kind, ref values))
            {
                field = default;
                return false;
            }
        }

        if (kind == CronFieldKind.DayOfWeek && (values & (1UL << 7)) != 0)
        {
            values = (values | 1) & 0x7F;
        }

        field = new CronField(values, text.StartsWith('*'));
        return true;
    }

    public bool Has(int value) => (Values & (1UL << value)) != 0;

    /// <summary>Every value that the field can have.</summary>
    public bool IsFull(CronFieldKind kind)
    {
        var count = kind == CronFieldKind.DayOfWeek ? 7 : Most(kind) - Least(kind) + 1;
        return BitOperations.PopCount(Values) == count;
    }

    private static bool TryPart(string part, CronFieldKind kind, ref ulong values)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? part : part[..slash];
        var step = 1;
        if (slash >= 0 && (!TryNumber(part[(slash + 1)..], out step) || step == 0))
        {
            return false;
        }

        int first, last;
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (range == "*")
        {
            (first, last) = (Least(kind), Most(kind));
        }
        else if (dash >= 0)
        {
            if (!TryValue(range[..dash], kind, out first) || !TryValue(range[(dash + 1)..], kind, out last) || first > last)
            {
                return false;
            }
        }
        else
        {
            // A step behind a single number means nothing to cron.
            if (slash >= 0 || !TryValue(range, kind, out first))
            {
                return false;
            }

            last = first;
        }

        for (var value = first; value <= last; value += step)
        {
            values |= 1UL << value;
        }

        return true;
    }

    private static bool TryValue(string text, CronFieldKind kind, out int value)
    {
        if (TryNumber(text, out value))
        {
            return value >= Least(kind) && value <= Most(kind);
        }

        var names = kind switch { CronFieldKind.Month => s_months, CronFieldKind.DayOfWeek => s_days, _ => [] };
        value = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) + Least(kind);
        return value >= Least(kind);
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < 1000;
}
