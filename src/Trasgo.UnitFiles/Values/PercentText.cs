using System.Globalization;

namespace Trasgo.UnitFiles.Values;

internal static class PercentText
{
    /// <summary>"12.34%", "50%"</summary>
    public static string Format(int permyriad) => (permyriad % 100) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{permyriad / 100}%"),
        var rest => string.Create(CultureInfo.InvariantCulture, $"{permyriad / 100}.{rest:00}%"),
    };
}
