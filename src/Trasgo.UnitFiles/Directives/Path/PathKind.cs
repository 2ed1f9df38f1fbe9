namespace Trasgo.UnitFiles.Directives;

/// <summary>What a path unit waits for; each member is the name of its directive.</summary>
internal enum PathKind
{
    PathExists,
    PathExistsGlob,
    DirectoryNotEmpty,
    PathChanged,
    PathModified,
}
