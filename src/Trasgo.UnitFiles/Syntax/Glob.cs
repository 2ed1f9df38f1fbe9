namespace Trasgo.UnitFiles.Syntax;

/// <summary>
/// fnmatch(3) with FNM_NOESCAPE and no further flags, as systemctl's patterns and preset files use it: "*", "?" and
/// "[...]" match slashes and leading dots too, and the backslash is an ordinary character. Its time is bounded by the
/// product of the lengths, whatever the pattern.
/// </summary>
internal static class Glob
{
    public static bool Matches(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = ++p;
                retry = t;
            }
            else if (p < pattern.Length && MatchesOne(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
            }
            else if (star >= 0)
            {
                p = star;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool MatchesOne(string pattern, int index, char c, out int next)
    {
        next = index + 1;
        return pattern[index] switch
        {
            '?' => true,
            '[' when ClassEnd(pattern, index) is var end && end > 0 => MatchesClass(pattern, index + 1, next = end, c),
            var literal => literal == c,
        };
    }

    /// <summary>Behind the closing bracket; -1 if there is none, and the opening one stands for itself.</summary>
    private static int ClassEnd(string pattern, int index)
    {
        index++;
        if (index < pattern.Length && pattern[index] is '!' or '^')
        {
            index++;
        }

        // A bracket right at the start is a member.
        var end = index < pattern.Length ? pattern.IndexOf(']', Math.Min(index + 1, pattern.Length)) : -1;
        return end < 0 ? -1 : end + 1;
    }

    private static bool MatchesClass(string pattern, int index, int end, char c)
    {
        var negated = pattern[index] is '!' or '^';
        if (negated)
        {
            index++;
        }

        var found = false;
        var last = end - 1;
        while (index < last)
        {
            if (index + 2 < last && pattern[index + 1] == '-')
            {
                found |= c >= pattern[index] && c <= pattern[index + 2];
                index += 3;
            }
            else
            {
                found |= c == pattern[index++];
            }
        }

        return found != negated;
    }
}
