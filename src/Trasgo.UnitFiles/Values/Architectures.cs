using System.Runtime.InteropServices;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>Architectures as SystemCallArchitectures= and Personality= name them.</summary>
internal static class Architectures
{
    // personality(2): PER_LINUX and PER_LINUX32.
    private const ulong Native64 = 0;
    private const ulong Linux32 = 8;

    private static readonly string[] s_names =
    [
        "native", "x86", "x86-64", "x32", "arm", "arm64", "mips", "mips64", "mips64-n32", "mips-le", "mips64-le", "mips64-le-n32",
        "parisc", "parisc64", "ppc", "ppc64", "ppc64-le", "riscv64", "s390", "s390x",
    ];

    public static string Native => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x86-64";

    public static string Secondary => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm" : "x86";

    public static bool IsKnown(string name) => Array.IndexOf(s_names, name) >= 0;

    public static void Parse(SortedSet<string> architectures, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            architectures.Clear();
            return;
        }

        if (Quoting.SplitWords(text, ExtractFlags.Unquote) is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var word in words)
        {
            if (IsKnown(word))
            {
                architectures.Add(word);
            }
            else
            {
                context.Ignore("has an unknown architecture", word);
            }
        }
    }

    public static bool TryPersonality(string text, out ulong personality)
    {
        var native = string.Equals(text, Native, StringComparison.Ordinal);
        personality = native ? Native64 : Linux32;
        return native || string.Equals(text, Secondary, StringComparison.Ordinal);
    }

    public static string PersonalityName(ulong personality) =>
        personality switch { Native64 => Native, Linux32 => Secondary, _ => "" };
}
