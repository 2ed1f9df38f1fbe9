namespace Trasgo.Cli.Bus;

/// <summary>One row of ListUnitsByPatterns.</summary>
internal sealed record UnitInfo(
    string Id, string Description, string LoadState, string ActiveState, string SubState, string Following, string UnitPath,
    uint JobId, string JobType)
{
    internal string TypeName => TypeOf(Id);

    /// <summary>What follows the last dot, or nothing.</summary>
    internal static string TypeOf(string name) => name[(name.LastIndexOf('.') is var dot and >= 0 ? dot + 1 : name.Length)..];

    internal static UnitInfo From(BusValue row) => new(
        row[0].Text, row[1].Text, row[2].Text, row[3].Text, row[4].Text, row[5].Text, row[6].Text,
        (uint)row[7].Unsigned, row[8].Text);

    /// <summary>By type, then by name, without regard to case.</summary>
    internal static int Compare(UnitInfo first, UnitInfo second)
    {
        var byType = CompareNames(first.TypeName, second.TypeName);
        return byType != 0 ? byType : CompareNames(first.Id, second.Id);
    }

    // strcasecmp(3) folds to lower case and the BCL to upper: they differ on where '_' and '^' sort.
    internal static int CompareNames(string first, string second) =>
        string.CompareOrdinal(first.ToLowerInvariant(), second.ToLowerInvariant());
}
