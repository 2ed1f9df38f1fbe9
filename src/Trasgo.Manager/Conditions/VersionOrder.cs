namespace Trasgo.Manager;

/// <summary>
/// The order of version strings (the "Version Format Specification" of the UAPI group): runs of digits and of letters are compared in
/// turn, and what stands before a run ranks it, in the order "~", the end, "-", "^", ".", nothing. All other characters only separate.
/// </summary>
internal static class VersionOrder
{
    private const string Separators = "-^.";

    public static int Compare(string left, string right)
    {
        int a = 0, b = 0;
        for (; ; )
        {
            SkipOthers(left, ref a);
            SkipOthers(right, ref b);

            // "1~rc1" comes before "1", so this is looked at before the end.
            if (Rank(left, ref a, right, ref b, '~') is not 0 and var early)
            {
                return early;
            }

            if (a == left.Length || b == right.Length)
            {
                return (a == left.Length ? 0 : 1) - (b == right.Length ? 0 : 1);
            }

            foreach (var separator in Separators)
            {
                if (Rank(left, ref a, right, ref b, separator) is not 0 and var ranked)
                {
                    return ranked;
                }
            }

            if (CompareRun(left, ref a, right, ref b) is not 0 and var order)
            {
                return order;
            }
        }
    }

    /// <summary>Who has the separator is the lower one; if both have it, it is passed.</summary>
    private static int Rank(string left, ref int a, string right, ref int b, char separator)
    {
        var hasLeft = a < left.Length && left[a] == separator;
        var hasRight = b < right.Length && right[b] == separator;
        if (hasLeft != hasRight)
        {
            return hasLeft ? -1 : 1;
        }

        a += hasLeft ? 1 : 0;
        b += hasRight ? 1 : 0;
        return 0;
    }

    private static int CompareRun(string left, ref int a, string right, ref int b)
    {
        var isNumber = At(left, a, char.IsAsciiDigit) || At(right, b, char.IsAsciiDigit);
        Func<char, bool> belongs = isNumber ? char.IsAsciiDigit : char.IsAsciiLetter;
        var first = Run(left, ref a, belongs);
        var second = Run(right, ref b, belongs);
        if (isNumber)
        {
            // A number is newer than no number; zeros in front say nothing, and then the longer one is greater.
            if (first.IsEmpty != second.IsEmpty)
            {
                return first.IsEmpty ? -1 : 1;
            }

            first = first.TrimStart('0');
            second = second.TrimStart('0');
            return first.Length != second.Length ? first.Length.CompareTo(second.Length) : Math.Sign(first.SequenceCompareTo(second));
        }

        var shared = Math.Min(first.Length, second.Length);
        var order = first[..shared].SequenceCompareTo(second[..shared]);
        return order != 0 ? Math.Sign(order) : first.Length.CompareTo(second.Length);
    }

    private static ReadOnlySpan<char> Run(string text, ref int position, Func<char, bool> belongs)
    {
        var start = position;
        while (At(text, position, belongs))
        {
            position++;
        }

        return text.AsSpan(start, position - start);
    }

    private static bool At(string text, int position, Func<char, bool> belongs) => position < text.Length && belongs(text[position]);

    private static void SkipOthers(string text, ref int position)
    {
        while (position < text.Length && !char.IsAsciiLetterOrDigit(text[position]) && text[position] is not ('~' or '-' or '^' or '.'))
        {
            position++;
        }
    }
}
