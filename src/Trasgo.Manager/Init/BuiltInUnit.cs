namespace Trasgo.Manager;

/// <summary>A unit file of ours, or another name for one.</summary>
internal sealed record BuiltInUnit(string Name, string Text, string? AliasOf = null);
