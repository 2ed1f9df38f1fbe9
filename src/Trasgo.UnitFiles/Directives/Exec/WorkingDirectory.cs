namespace Trasgo.UnitFiles.Directives;

/// <summary>WorkingDirectory=: a path, "~" for the user's home, and "-" if it may be missing; neither means "/".</summary>
internal readonly record struct WorkingDirectory(string? Path, bool Home, bool MissingOk);
