namespace Trasgo.Daemon;

/// <summary>The names that stand in the header of a message: what they may consist of, and what becomes of those that do not.</summary>
internal static class SyslogName
{
    /// <summary>APP-NAME of RFC 5424, section 6.2.5; TAG of RFC 3164 is as long as people like.</summary>
    public const int LongestIdentity = 48;

    /// <summary>HOSTNAME of RFC 5424, section 6.2.4.</summary>
    public const int LongestHost = 255;

    /// <summary>MSGID of RFC 5424, section 6.2.7.</summary>
    public const int LongestMessageId = 32;

    /// <summary>A tag ends at a colon, a bracket or a blank, so it cannot hold one. A slash is usual: postfix/smtpd.</summary>
    private const string EndsTag = ":[]";

    public static string Identity(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        return IsPrintable(name, LongestIdentity) && !name.AsSpan().ContainsAny(EndsTag)
            ? name
            : throw new ArgumentException($"an identity has 1 to {LongestIdentity} printable ASCII characters, and none of them is a blank, a colon or a bracket", parameter);
    }

    public static string Host(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        return IsPrintable(name, LongestHost)
            ? name
            : throw new ArgumentException($"a host name has 1 to {LongestHost} printable ASCII characters", parameter);
    }

    public static string MessageId(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, parameter);
        return IsPrintable(name, LongestMessageId)
            ? name
            : throw new ArgumentException($"a message ID has 1 to {LongestMessageId} printable ASCII characters (RFC 5424, section 6.2.7)", parameter);
    }

    /// <summary>A name that nobody chose for the log, such as a file's: what cannot stand in a header becomes an underscore.</summary>
    public static string Mend(string? name, int longest, string otherwise)
    {
        if (string.IsNullOrEmpty(name))
        {
            return otherwise;
        }

        return string.Create(Math.Min(name.Length, longest), name, static (mended, name) =>
        {
            for (int i = 0; i < mended.Length; i++)
            {
                mended[i] = name[i] is > ' ' and < '\u007f' && !EndsTag.Contains(name[i]) ? name[i] : '_';
            }
        });
    }

    /// <summary>PRINTUSASCII of RFC 5424, section 6: %d33-126.</summary>
    public static bool IsPrintable(ReadOnlySpan<char> name, int longest) => name.Length <= longest && !name.ContainsAnyExceptInRange('!', '~');
}
