using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Trasgo.Inetd;

/// <summary>What the small services say, byte for byte as inetd(8) does.</summary>
internal static class SmallServiceText
{
    /// <summary>Enough for one announcement.</summary>
    public const int LongestAnnouncement = 64;

    /// <summary>72 characters and the end of the line.</summary>
    public const int ChargenLine = 74;

    private const int ChargenText = 72;
    private const char FirstPrinting = ' ';
    private const int Printing = 95;

    // From the epoch of RFC 868, 1900, to that of Unix.
    private const long SecondsTo1970 = 2_208_988_800;

    /// <summary>
    /// A line for each of the 95 printing characters, which begins with it and goes on with those after it in a ring: then all begins anew.
    /// </summary>
    public static byte[] ChargenPattern { get; } = MakePattern();

    /// <summary>"Mon Jun  3 09:05:07 2024", as ctime(3) writes it.</summary>
    public static int WriteDaytime(Span<byte> buffer, DateTime local) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{local:ddd MMM} {local.Day,2} {local:HH:mm:ss yyyy}\r\n"), buffer);

    /// <summary>Seconds since 1900 in four bytes, which overflow in 2036.</summary>
    public static int WriteTime(Span<byte> buffer, DateTimeOffset now)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer, unchecked((uint)(now.ToUnixTimeSeconds() + SecondsTo1970)));
        return sizeof(uint);
    }

    public static int WriteAnnouncement(SmallServiceKind kind, Span<byte> buffer, DateTimeOffset now) =>
        kind == SmallServiceKind.Time ? WriteTime(buffer, now) : WriteDaytime(buffer, now.LocalDateTime);

    private static byte[] MakePattern()
    {
        var pattern = new byte[Printing * ChargenLine];
        for (var line = 0; line < Printing; line++)
        {
            var start = line * ChargenLine;
            for (var at = 0; at < ChargenText; at++)
            {
                pattern[start + at] = (byte)(FirstPrinting + ((line + at) % Printing));
            }

            pattern[start + ChargenText] = (byte)'\r';
            pattern[start + ChargenText + 1] = (byte)'\n';
        }

        return pattern;
    }
}
