using System.Text;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Exec;

/// <summary>
/// Variables in command lines (systemd.service(5), "COMMAND LINES"): "$FOO" as a word of its own becomes the words of its value, none if
/// it is unset; "${FOO}" anywhere becomes its value as it is; "$$" is a dollar sign.
/// </summary>
internal static class VariableExpansion
{
    /// <summary>The arguments after expansion; null if the value of a variable cannot be split into words.</summary>
    public static string[]? Expand(string[] argv, EnvironmentBlock environment)
    {
        if (!Array.Exists(argv, static word => word.Contains('$')))
        {
            return argv;
        }

        var result = new List<string>(argv.Length);
        foreach (var word in argv)
        {
            if (word is not ['$', ..] || word is ['$', '{' or '$', ..])
            {
                result.Add(ExpandWithin(word, environment));
            }
            else if (environment[word.AsSpan(1)] is { } value)
            {
                if (Quoting.SplitWords(value, ExtractFlags.Relax | ExtractFlags.Unquote) is not { } words)
                {
                    return null;
                }

                result.AddRange(words);
            }
        }

        return [.. result];
    }

    private static string ExpandWithin(string word, EnvironmentBlock environment)
    {
        if (!word.Contains('$'))
        {
            return word;
        }

        var result = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] != '$' || i + 1 == word.Length)
            {
                result.Append(word[i]);
            }
            else if (word[i + 1] == '$')
            {
                result.Append('$');
                i++;
            }
            else if (word[i + 1] == '{' && ClosingBrace(word, i + 2) is > 0 and var end)
            {
                result.Append(environment[word.AsSpan((i + 2)..end)]);
                i = end;
            }
            else
            {
                // "$x" within a word is none of ours, and takes the next character along: "$x$$" has its "$$" still.
                result.Append(word[i]).Append(word[i + 1]);
                i++;
            }
        }

        return result.ToString();
    }

    /// <summary>Where "${NAME" ends; -1 when it does not, or when a ":" makes it a form that command lines do not have.</summary>
    private static int ClosingBrace(string word, int start)
    {
        var end = word.IndexOfAny(['}', ':'], start);
        return end >= 0 && word[end] == '}' ? end : -1;
    }
}
