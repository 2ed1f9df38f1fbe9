namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Integers as the C library reads them with base 0: blanks in front, a sign, and the prefixes 0x, 0 (octal), and systemd's
/// own 0b and 0o. Values out of range fail rather than wrap.
/// </summary>
internal static class Numbers
{
    public static bool TryUInt64(string text, out ulong value) =>
        TryMagnitude(text, 0, signs: true, out value, out var negative) && (!negative || value == 0);

    public static bool TryInt64(string text, out long value)
    {
        value = 0;
        if (!TryMagnitude(text, 0, signs: true, out var magnitude, out var negative)
            || magnitude > (ulong)long.MaxValue + (negative ? 1UL : 0UL))
        {
            return false;
        }

        value = negative ? unchecked(-(long)magnitude) : (long)magnitude;
        return true;
    }

    public static bool TryUInt32(string text, out uint value)
    {
        var good = TryUInt64(text, out var wide) && wide <= uint.MaxValue;
        value = good ? (uint)wide : 0;
        return good;
    }

    public static bool TryInt32(string text, out int value)
    {
        var good = TryInt64(text, out var wide) && wide is >= int.MinValue and <= int.MaxValue;
        value = good ? (int)wide : 0;
        return good;
    }

    public static bool TryByte(string text, out byte value)
    {
        var good = TryUInt64(text, out var wide) && wide <= byte.MaxValue;
        value = good ? (byte)wide : (byte)0;
        return good;
    }

    /// <summary>An octal number without a sign: file modes.</summary>
    public static bool TryOctal(string text, out uint value)
    {
        var good = TryMagnitude(text, 8, signs: false, out var wide, out _) && wide <= uint.MaxValue;
        value = good ? (uint)wide : 0;
        return good;
    }

    /// <summary>A decimal number without sign or leading blanks, as in a range "3-5" or a user ID.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out value);

    /// <summary>The run of decimal digits at the position, which moves past it; false on none or on overflow.</summary>
    public static bool TakeDigits(string text, ref int position, out ulong value)
    {
        value = 0;
        var start = position;
        for (; position < text.Length && char.IsAsciiDigit(text[position]); position++)
        {
            var digit = (ulong)(text[position] - '0');
            if (value > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return position > start;
    }

    private static bool TryMagnitude(string text, int numberBase, bool signs, out ulong value, out bool negative)
    {
        value = 0;
        negative = false;
        var i = 0;
        while (i < text.Length && text[i] is ' ' or '\t' or '\n' or '\r')
        {
            i++;
        }

        // The 0b and 0o prefixes are systemd's and stand before any sign handling of the C library.
        if (numberBase == 0 && Prefixed(text, i, 'b'))
        {
            return Digits(text, i + 2, 2, ref value);
        }

        if (numberBase == 0 && Prefixed(text, i, 'o'))
        {
            return Digits(text, i + 2, 8, ref value);
        }

        if (signs && i < text.Length && text[i] is '+' or '-')
        {
            negative = text[i] == '-';
            i++;
        }

        if (numberBase == 0 && Prefixed(text, i, 'x'))
        {
            return Digits(text, i + 2, 16, ref value);
        }

        numberBase = numberBase != 0 ? numberBase : i + 1 < text.Length && text[i] == '0' ? 8 : 10;
        return Digits(text, i, numberBase, ref value);
    }

    private static bool Prefixed(string text, int i, char letter) =>
        i + 2 < text.Length && text[i] == '0' && (text[i + 1] | 0x20) == letter;

    private static bool Digits(string text, int i, int numberBase, ref ulong value)
    {
        if (i >= text.Length)
        {
            return false;
        }

        for (; i < text.Length; i++)
        {
            var digit = char.IsAsciiDigit(text[i]) ? text[i] - '0' : char.IsAsciiLetter(text[i]) ? (text[i] | 0x20) - 'a' + 10 : 99;
            if (digit >= numberBase || value > (ulong.MaxValue - (ulong)digit) / (ulong)numberBase)
            {
                return false;
            }

            value = (value * (ulong)numberBase) + (ulong)digit;
        }

        return true;
    }
}
