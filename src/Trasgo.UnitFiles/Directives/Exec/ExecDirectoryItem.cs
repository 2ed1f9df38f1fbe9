namespace Trasgo.UnitFiles.Directives;

/// <summary>A path below the directory of its kind, and names of links to it.</summary>
internal sealed record ExecDirectoryItem(string Path, List<string> Symlinks);
