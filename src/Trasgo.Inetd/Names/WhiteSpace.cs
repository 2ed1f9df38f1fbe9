namespace Trasgo.Inetd;

/// <summary>What separates the words of the files of inetd(8), hosts(5) and services(5).</summary>
internal static class WhiteSpace
{
    private static readonly char[] s_separators = [' ', '\t', '\r'];

    public static string[] Split(string text) => text.Split(s_separators, StringSplitOptions.RemoveEmptyEntries);
}
