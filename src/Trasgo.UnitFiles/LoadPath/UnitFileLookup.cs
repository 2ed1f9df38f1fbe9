namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// Where a unit's file is and what the unit is called: <paramref name="Id"/> is its main name, the file's with the
/// instance put in, and <paramref name="Names"/> holds all of them. The fragment of a linked unit is the link in the
/// search path, as systemd has it.
/// </summary>
internal sealed record UnitFileLookup(
    string Id, string? FragmentPath, IReadOnlySet<string> Names, bool IsMasked, bool IsLinked, bool IsLoop)
{
    public bool Exists => FragmentPath is not null;
}
