using System.Text;

namespace Trasgo.Daemon;

/// <summary>The text of a message: what must not stand in a record is escaped, what is too long is cut between two characters.</summary>
internal static class SyslogText
{
    private static ReadOnlySpan<byte> Ellipsis => "..."u8;

    public static bool IsControl(byte value) => (value < 0x20 && value != '\t') || value == 0x7f;

    /// <summary>The form in which rsyslogd shows a control character: a number sign and three octal digits.</summary>
    public static void AppendEscaped(ByteBuffer record, byte value)
    {
        record.Append((byte)'#');
        record.Append((byte)('0' + (value >> 6)));
        record.Append((byte)('0' + ((value >> 3) & 7)));
        record.Append((byte)('0' + (value & 7)));
    }

    /// <summary>
    /// Appends text until the record has <paramref name="longest"/> bytes. A NUL is escaped always, since it ends a message on a stream.
    /// </summary>
    public static void Append(ByteBuffer record, ReadOnlySpan<byte> utf8, int longest, bool keepLineBreaks)
    {
        int start = record.Length;
        while (!utf8.IsEmpty)
        {
            int plain = PlainLength(utf8, keepLineBreaks);
            int room = longest - record.Length;
            if (plain > room)
            {
                record.Append(utf8[..Math.Max(room, 0)]);
                Cut(record, start, longest);
                return;
            }

            record.Append(utf8[..plain]);
            utf8 = utf8[plain..];
            if (!utf8.IsEmpty)
            {
                AppendEscaped(record, utf8[0]);
                utf8 = utf8[1..];
                if (record.Length > longest)
                {
                    Cut(record, start, longest);
                    return;
                }
            }
        }
    }

    /// <summary>Text that somebody hands over as UTF-8 and that is not: what cannot be decoded becomes U+FFFD.</summary>
    public static byte[] Mend(ReadOnlySpan<byte> broken) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(broken));

    /// <summary>Where an ellipsis and a record's end fit without cutting a character of several bytes or an escape in two.</summary>
    public static void Cut(ByteBuffer record, int start, int longest)
    {
        int end = Math.Max(start, Math.Min(record.Length, longest) - Ellipsis.Length);
        while (end > start && end < record.Length && (record.Written[end] & 0xC0) == 0x80)
        {
            end--;
        }

        record.Length = end;
        record.Append(Ellipsis);
    }

    private static int PlainLength(ReadOnlySpan<byte> utf8, bool keepLineBreaks)
    {
        for (int i = 0; i < utf8.Length; i++)
        {
            if (IsControl(utf8[i]) && !(keepLineBreaks && utf8[i] == '\n'))
            {
                return i;
            }
        }

        return utf8.Length;
    }
}
