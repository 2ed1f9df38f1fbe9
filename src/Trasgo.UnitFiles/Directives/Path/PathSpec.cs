namespace Trasgo.UnitFiles.Directives;

/// <summary>One path that a path unit watches.</summary>
internal readonly record struct PathSpec(PathKind Kind, string Path);
