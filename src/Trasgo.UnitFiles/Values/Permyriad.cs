namespace Trasgo.UnitFiles.Values;

/// <summary>Shares in hundredths of a percent: "12.34%", "123.4‰", "1234‱".</summary>
internal static class Permyriad
{
    public const int Whole = 10_000;

    public static bool TryParse(string text, out int value) => TryParseUnbounded(text, out value) && value <= Whole;

    /// <summary>May exceed 100%, as CPUQuota= does.</summary>
    public static bool TryParseUnbounded(string text, out int value)
    {
        value = 0;
        var places = text.Length == 0 ? -1 : text[^1] switch { '‱' => 0, '‰' => 1, '%' => 2, _ => -1 };
        if (places < 0)
        {
            return false;
        }

        var number = text[..^1];
        var fraction = 0;
        var dot = number.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            var digits = number.Length - dot - 1;
            if (digits == 0 || digits > places || !Numbers.TryDecimal(number.AsSpan(dot + 1), out var read))
            {
                return false;
            }

            fraction = (int)read * (digits < places ? 10 : 1);
            number = number[..dot];
        }

        var scale = places switch { 0 => 1, 1 => 10, _ => 100 };
        if (!Numbers.TryInt32(number, out var whole) || whole < 0 || whole > (int.MaxValue - fraction) / scale)
        {
            return false;
        }

        value = (whole * scale) + fraction;
        return true;
    }
}
