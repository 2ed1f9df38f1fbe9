namespace Trasgo.Daemon;

/// <summary>TIMESTAMP of RFC 3164, section 4.1.2: <c>Mmm dd hh:mm:ss</c> in local time, the day with a blank in front where it has one digit.</summary>
internal static unsafe class LocalTime
{
    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>The C library knows the zone; TimeZoneInfo would load a data base for it.</summary>
    public static void Append(ByteBuffer bytes, long unixSeconds)
    {
        BrokenDownTime time = default;
        if (Libc.localtime_r(&unixSeconds, &time) == null)
        {
            // A year that does not fit into an int.
            time = new() { MonthDay = 1 };
        }

        bytes.Append(Months.Slice(time.Month * 3, 3));
        bytes.Append((byte)' ');
        bytes.AppendNumber(time.MonthDay, 2, (byte)' ');
        bytes.Append((byte)' ');
        bytes.AppendNumber(time.Hour, 2);
        bytes.Append((byte)':');
        bytes.AppendNumber(time.Minute, 2);
        bytes.Append((byte)':');
        bytes.AppendNumber(time.Second, 2);
    }
}
