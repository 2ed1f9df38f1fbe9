using Microsoft.CodeAnalysis;

namespace Trasgo;

/// <summary>
/// The two operators of LINQ that this project uses most, plainly. They hide those of System.Linq in all namespaces below
/// this one: native code of those is made for every pair of a source and a result type, with special cases for lists, arrays and
/// slices of them, and took a fifth of the binary.
/// </summary>
[Embedded]
internal static class Sequences
{
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (var item in source)
        {
            yield return selector(item);
        }
    }

    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (var item in source)
        {
            if (predicate(item))
            {
                yield return item;
            }
        }
    }
}
