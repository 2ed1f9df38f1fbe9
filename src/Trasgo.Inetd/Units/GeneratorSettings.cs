namespace Trasgo.Inetd;

/// <summary>What the options of inetd(8) say about all services.</summary>
internal sealed record GeneratorSettings
{
    /// <summary>How often a server is started in a minute (-R).</summary>
    public uint Rate { get; init; } = 256;

    /// <summary>The length of listen(2)'s queue (-q).</summary>
    public uint Backlog { get; init; } = 128;

    /// <summary>-a: where a line does not say on which address.</summary>
    public string DefaultHost { get; init; } = "*";

    /// <summary>The only user that servers can run as; null where the manager is root and may change to any.</summary>
    public string? OnlyUser { get; init; }

    /// <summary>Our binary, for the services that it provides itself. The manager runs the same, so this is it under whatever name.</summary>
    public string OwnProgram { get; init; } = "/proc/self/exe";
}
