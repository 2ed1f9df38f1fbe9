namespace Trasgo.Exec;

/// <summary>
/// Whom a command runs as. Ids that are null are not changed; groups that are null are kept. The name, home and shell are those for the
/// environment, and only there if a user was asked for.
/// </summary>
internal sealed record ExecIdentity
{
    public static ExecIdentity Unchanged { get; } = new();

    public string? Name { get; init; }

    public uint? Uid { get; init; }

    public uint? Gid { get; init; }

    public string? Home { get; init; }

    public string? Shell { get; init; }

    public uint[]? Groups { get; init; }

    /// <summary>The groups the user is in, without those of SupplementaryGroups=.</summary>
    public uint[]? OwnGroups { get; init; }
}
