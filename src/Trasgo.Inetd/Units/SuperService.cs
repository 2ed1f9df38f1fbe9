namespace Trasgo.Inetd;

/// <summary>What a line of inetd.conf or a service of xinetd.conf comes down to: one socket, and what is started for it.</summary>
internal sealed record SuperService
{
    /// <summary>The units' names without their suffixes. It stays the same as long as the service listens at the same place.</summary>
    public required string Name { get; init; }

    /// <summary>For people: "ftp/tcp4".</summary>
    public required string Title { get; init; }

    public required SourceLine Source { get; init; }

    public required SocketKind Kind { get; init; }

    /// <summary>As Listen*= has it: an address with a port, or a path.</summary>
    public required string Address { get; init; }

    /// <summary>An IPv6 socket that takes IPv4 connections, too.</summary>
    public bool IsDualStack { get; init; }

    /// <summary>One server has the listening socket; else each connection has a server.</summary>
    public required bool Wait { get; init; }

    /// <summary>Null is the manager's own user.</summary>
    public string? User { get; init; }

    /// <summary>Null is the user's group.</summary>
    public string? Group { get; init; }

    /// <summary>Whether the server is in the other groups of its user, too.</summary>
    public bool InitGroups { get; init; } = true;

    /// <summary>The file that is executed.</summary>
    public required string Program { get; init; }

    /// <summary>All arguments, argv[0] first.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    public StartRate Rate { get; init; }

    /// <summary>What else is to be said in [Socket].</summary>
    public IReadOnlyList<UnitLine> SocketLines { get; init; } = [];

    /// <summary>What else is to be said in [Service].</summary>
    public IReadOnlyList<UnitLine> ServiceLines { get; init; } = [];

    public string SocketUnit => Name + ".socket";

    public string ServiceUnit => Name + (Wait ? ".service" : "@.service");
}
