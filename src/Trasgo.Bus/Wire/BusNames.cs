namespace Trasgo.Bus.Wire;

/// <summary>Which strings the specification takes as object path, interface, member, error and bus name.</summary>
internal static class BusNames
{
    public static bool IsObjectPath(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty || path[0] != '/' || path.Length > BusLimits.PathBytes)
        {
            return false;
        }

        var afterSlash = true;
        for (var i = 1; i < path.Length; i++)
        {
            if (path[i] == '/')
            {
                if (afterSlash)
                {
                    return false;
                }

                afterSlash = true;
            }
            else if (IsElement(path[i]))
            {
                afterSlash = false;
            }
            else
            {
                return false;
            }
        }

        return path.Length == 1 || !afterSlash;
    }

    public static bool IsInterface(ReadOnlySpan<char> name) => IsDotted(name, digitMayLead: false, dashAllowed: false);

    public static bool IsErrorName(ReadOnlySpan<char> name) => IsInterface(name);

    public static bool IsMember(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || name.Length > BusLimits.NameBytes || char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!IsElement(c))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsBusName(ReadOnlySpan<char> name) => !name.IsEmpty && name[0] == ':'
        ? IsDotted(name[1..], digitMayLead: true, dashAllowed: true) && name.Length <= BusLimits.NameBytes
        : IsDotted(name, digitMayLead: false, dashAllowed: true);

    /// <summary>Whether <paramref name="path"/> is <paramref name="prefix"/> or lies below it.</summary>
    public static bool IsAtOrBelow(ReadOnlySpan<char> path, ReadOnlySpan<char> prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) &&
        (path.Length == prefix.Length || prefix.Length == 1 || path[prefix.Length] == '/');

    private static bool IsDotted(ReadOnlySpan<char> name, bool digitMayLead, bool dashAllowed)
    {
        if (name.IsEmpty || name.Length > BusLimits.NameBytes)
        {
            return false;
        }

        var start = true;
        var dots = 0;
        foreach (var c in name)
        {
            if (c == '.')
            {
                if (start)
                {
                    return false;
                }

                start = true;
                dots++;
                continue;
            }

            if (!IsElement(c) && !(dashAllowed && c == '-'))
            {
                return false;
            }

            if (start && !digitMayLead && char.IsAsciiDigit(c))
            {
                return false;
            }

            start = false;
        }

        return dots > 0 && !start;
    }

    private static bool IsElement(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
