namespace Trasgo.UnitFiles.Tests;

/// <summary>What systemd 252 itself says, kept as tables beside the tests.</summary>
internal static class Facts
{
    /// <summary>Rows without the header.</summary>
    public static IEnumerable<string[]> Table(string name)
    {
        using var stream = typeof(Facts).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException(name);
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split('\t');
        }
    }
}
