using System.Globalization;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Sizes with the suffixes B, K, M, G, T, P, E, to the base of 1024 (memory) or 1000 (bandwidth), and sums of them with
/// falling suffixes: "1G 500M".
/// </summary>
internal static class Sizes
{
    private const string Suffixes = "EPTGMKB";

    public static bool TryParse(string text, out ulong bytes, ulong numberBase = 1024)
    {
        bytes = 0;
        var i = 0;
        var firstSuffix = 0;
        do
        {
            if (!TryPart(text, ref i, ref firstSuffix, numberBase, ref bytes))
            {
                return false;
            }
        }
        while (i < text.Length);

        return true;
    }

    public static string Format(ulong bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    private static bool TryPart(string text, ref int i, ref int firstSuffix, ulong numberBase, ref ulong sum)
    {
        SkipBlanks(text, ref i);
        if (i < text.Length && text[i] == '+')
        {
            i++;
        }

        if (!Numbers.TakeDigits(text, ref i, out var whole) || !TryFraction(text, ref i, out var fraction))
        {
            return false;
        }

        SkipBlanks(text, ref i);
        var suffix = i < text.Length ? Suffixes.IndexOf(text[i], StringComparison.Ordinal) : Suffixes.Length;
        if (suffix < 0)
        {
            // Without a suffix the number is in bytes, and what follows must be the next part.
            suffix = Suffixes.Length;
        }
        else if (suffix < Suffixes.Length)
        {
            i++;
        }

        if (suffix < firstSuffix || (suffix == Suffixes.Length && firstSuffix > Suffixes.Length))
        {
            return false;
        }

        firstSuffix = suffix + 1;
        var factor = 1UL;
        for (var power = suffix; power < Suffixes.Length - 1; power++)
        {
            factor *= numberBase;
        }

        if (whole + (fraction > 0 ? 1UL : 0UL) > ulong.MaxValue / factor)
        {
            return false;
        }

        var value = (whole * factor) + (ulong)(fraction * factor);
        if (value > ulong.MaxValue - sum)
        {
            return false;
        }

        sum += value;
        return true;
    }

    private static bool TryFraction(string text, ref int i, out double fraction)
    {
        fraction = 0;
        if (i >= text.Length || text[i] != '.')
        {
            return true;
        }

        var start = ++i;
        if (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            if (!Numbers.TakeDigits(text, ref i, out var digits))
            {
                return false;
            }

            fraction = digits / Math.Pow(10, i - start);
        }

        return true;
    }

    private static void SkipBlanks(string text, ref int i)
    {
        while (i < text.Length && text[i] is ' ' or '\t' or '\n' or '\r')
        {
            i++;
        }
    }
}
