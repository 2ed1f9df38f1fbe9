using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class PathWords
{
    public static readonly NameTable<PathKind> PathKind = new(
        "PathExists", "PathExistsGlob", "DirectoryNotEmpty", "PathChanged", "PathModified");
}
