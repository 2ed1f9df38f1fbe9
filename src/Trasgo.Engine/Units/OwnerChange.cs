namespace Trasgo.Engine.Units;

/// <summary>SocketUser= and SocketGroup=: to whom paths are to be given. Without a group, it is the primary one of the user.</summary>
internal sealed record OwnerChange(string? User, string? Group, IReadOnlyList<string> Paths);
