namespace Trasgo.UnitFiles.Values;

/// <summary>Bytes written as hexadecimal or Base64 text; blanks may stand anywhere.</summary>
internal static class Encoded
{
    public static byte[]? TryHex(string text)
    {
        var digits = Compact(text);
        if (digits.Length % 2 != 0 || digits.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF"))
        {
            return null;
        }

        return Convert.FromHexString(digits);
    }

    public static byte[]? TryBase64(string text)
    {
        var digits = Compact(text);
        var bytes = new byte[(digits.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(digits, bytes, out var length) ? bytes[..length] : null;
    }

    private static string Compact(string text) =>
        string.Concat(text.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}
