using Trasgo.Linux;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager;

/// <summary>The operators of conditions: numeric and version order, equality of texts, and patterns.</summary>
internal enum Comparison
{
    None,
    PatternEqual,
    PatternUnequal,
    TextEqual,
    TextUnequal,
    Lower,
    LowerOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}

internal static class Comparisons
{
    /// <summary>What may begin an operator, patterns included.</summary>
    public const string Characters = "!<=>$";

    private static readonly (string Text, Comparison Operator)[] s_table =
    [
        ("$=", Comparison.PatternEqual), ("!$=", Comparison.PatternUnequal), ("<>", Comparison.Unequal), ("<=", Comparison.LowerOrEqual),
        (">=", Comparison.GreaterOrEqual), ("<", Comparison.Lower), (">", Comparison.Greater), ("==", Comparison.Equal),
        ("=", Comparison.Equal), ("!=", Comparison.Unequal),
    ];

    /// <summary>Takes the operator off the front of the text. For texts, "=" and "!=" compare letter by letter and patterns are allowed.</summary>
    public static Comparison Take(ref string text, bool ofTexts)
    {
        foreach (var (sign, operation) in s_table)
        {
            if (!text.StartsWith(sign, StringComparison.Ordinal))
            {
                continue;
            }

            if (operation is Comparison.PatternEqual or Comparison.PatternUnequal && !ofTexts)
            {
                return Comparison.None;
            }

            text = text[sign.Length..];
            return !ofTexts ? operation : sign switch { "=" => Comparison.TextEqual, "!=" => Comparison.TextUnequal, _ => operation };
        }

        return Comparison.None;
    }

    public static Result<bool> Order(int order, Comparison operation) => operation switch
    {
        Comparison.Lower => order < 0,
        Comparison.LowerOrEqual => order <= 0,
        Comparison.Equal => order == 0,
        Comparison.Unequal => order != 0,
        Comparison.GreaterOrEqual => order >= 0,
        Comparison.Greater => order > 0,
        _ => Errno.EINVAL,
    };

    public static Result<bool> Versions(Comparison operation, string? actual, string expected) => operation switch
    {
        Comparison.TextEqual => actual == expected,
        Comparison.TextUnequal => actual != expected,
        Comparison.PatternEqual => Glob.Matches(expected, actual ?? ""),
        Comparison.PatternUnequal => !Glob.Matches(expected, actual ?? ""),
        _ => Order(VersionOrder.Compare(actual ?? "", expected), operation),
    };
}
