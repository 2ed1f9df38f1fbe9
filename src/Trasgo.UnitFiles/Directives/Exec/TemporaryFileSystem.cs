namespace Trasgo.UnitFiles.Directives;

/// <summary>One entry of TemporaryFileSystem=.</summary>
internal readonly record struct TemporaryFileSystem(string Path, string Options);
