namespace Trasgo.Inetd;

/// <summary>What one line of inetd.conf(5) says, before names are looked up.</summary>
internal sealed record InetdEntry
{
    public required SourceLine Source { get; init; }

    /// <summary>The addresses and names before the service; "*" is all.</summary>
    public required string[] Hosts { get; init; }

    public required string Service { get; init; }

    public required SocketKind Kind { get; init; }

    public required InetdProtocol Protocol { get; init; }

    public required bool Wait { get; init; }

    /// <summary>How often the server is started in a minute; null is the default.</summary>
    public uint? Rate { get; init; }

    public required string User { get; init; }

    public string? Group { get; init; }

    /// <summary>Null is a service of our own.</summary>
    public string? Server { get; init; }

    /// <summary>argv[0] first.</summary>
    public required string[] Arguments { get; init; }

    public ulong? SendBuffer { get; init; }

    public ulong? ReceiveBuffer { get; init; }
}
