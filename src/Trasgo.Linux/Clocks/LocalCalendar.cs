using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// The local time zone as the C library sees it ($TZ, /etc/localtime). The BCL knows offsets, but not the abbreviations
/// (CET, CEST) that systemd's timestamps end in.
/// </summary>
internal static unsafe class LocalCalendar
{
    /// <summary>The offset from UTC in seconds and the zone's abbreviation at a point in time, in seconds since 1970.</summary>
    public static (int Offset, string Zone) ZoneAt(long seconds)
    {
        BrokenDownTime time;
        if (Libc.localtime_r(&seconds, &time) == null)
        {
            return (0, "UTC");
        }

        return ((int)time.OffsetFromUtc, Marshal.PtrToStringUTF8((nint)time.Zone) ?? "");
    }
}

/// <summary>struct tm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BrokenDownTime
{
    public int Second;
    public int Minute;
    public int Hour;
    public int DayOfMonth;
    public int Month;
    public int Year;
    public int DayOfWeek;
    public int DayOfYear;
    public int DaylightSaving;
    public nint OffsetFromUtc;
    public byte* Zone;
}

internal static unsafe partial class Libc
{
    [LibraryImport("libc")]
    public static partial BrokenDownTime* localtime_r(long* seconds, BrokenDownTime* result);
}
