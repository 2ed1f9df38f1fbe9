namespace Trasgo.UnitFiles.Values;

/// <summary>How the name of a zone may look: it becomes a part of a path.</summary>
internal static class ZoneNames
{
    private const int MostLength = 255;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MostLength && char.IsAsciiLetter(name[0]) && name[^1] != '/' && !name.Contains("//", StringComparison.Ordinal)
        && !name.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
}
