namespace Trasgo.Cli.Output;

/// <summary>Amounts of memory and traffic: <c>1.2M</c>, <c>512B</c>, cut rather than rounded.</summary>
internal static class ByteAmount
{
    private static readonly (string Suffix, ulong Size)[] s_units =
        [("E", 1UL << 60), ("P", 1UL << 50), ("T", 1UL << 40), ("G", 1UL << 30), ("M", 1UL << 20), ("K", 1UL << 10)];

    internal static string Format(ulong amount)
    {
        foreach (var (suffix, size) in s_units)
        {
            if (amount >= size)
            {
                // One decimal, from the next smaller unit: the product would overflow for the largest amounts.
                var tenth = size > 1024 ? amount / (size >> 10) * 10 / 1024 % 10 : amount * 10 / size % 10;
                return $"{amount / size}.{tenth}{suffix}";
            }
        }

        return $"{amount}B";
    }
}
