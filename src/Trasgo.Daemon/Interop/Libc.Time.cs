using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial BrokenDownTime* localtime_r(long* time, BrokenDownTime* result);
}

/// <summary>struct tm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BrokenDownTime
{
    public int Second;
    public int Minute;
    public int Hour;
    public int MonthDay;
    public int Month;
    public int Year;
    public int WeekDay;
    public int YearDay;
    public int DaylightSaving;
    public nint Offset;
    public byte* Zone;
}

/// <summary>struct timeval.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeValue
{
    public nint Seconds;
    public nint Microseconds;
}
