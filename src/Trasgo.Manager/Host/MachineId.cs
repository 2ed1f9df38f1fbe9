namespace Trasgo.Manager;

/// <summary>machine-id(5).</summary>
internal static class MachineId
{
    public static string? Read() => HostText.Line("/etc/machine-id") is { } text && TryParse(text, out var id) ? id : null;

    /// <summary>32 hexadecimal digits, or the form with hyphens of a UUID.</summary>
    public static bool TryParse(string text, out string id)
    {
        id = text.ToLowerInvariant();
        if (id.Length == 36 && id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-')
        {
            id = id.Replace("-", "", StringComparison.Ordinal);
        }

        return id.Length == 32 && !id.AsSpan().ContainsAnyExcept("0123456789abcdef");
    }
}
