namespace Trasgo.UnitFiles.Directives;

/// <summary>One entry of BindPaths= or BindReadOnlyPaths=.</summary>
internal readonly record struct BindMount(string Source, string Destination, bool ReadOnly, bool Recursive, bool MissingOk);
