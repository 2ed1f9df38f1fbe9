using System.Buffers;

namespace Trasgo.UnitFiles.Names;

internal static class UnitNameCharacters
{
    private const string Letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:-_.\\";

    public static readonly SearchValues<char> Valid = SearchValues.Create(Letters);

    public static readonly SearchValues<char> ValidWithAt = SearchValues.Create(Letters + "@");

    /// <summary>systemd writes the range "!-*" inside a plain character list, so '!', '-' and '*' are meant one by one.</summary>
    public static readonly SearchValues<char> ValidInGlob = SearchValues.Create(Letters + "@[]!*?");

    public static readonly SearchValues<char> GlobMarks = SearchValues.Create("*?[");

    public static bool IsGlob(ReadOnlySpan<char> text) => text.ContainsAny(GlobMarks);
}
