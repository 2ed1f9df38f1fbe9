using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>Which kind of directory a unit file lies in, from which follows what may be done with it.</summary>
internal sealed class DirectoryRoles(UnitSearchPath search)
{
    /// <summary>A file of a directory of the search path itself.</summary>
    public bool IsInSearchPath(string path) => search.All.Contains(PathText.Directory(path), StringComparer.Ordinal);

    public bool IsBelowSearchPath(string path) => UnitLinkResolver.Tail(path, search.All) is not null;

    public bool IsGenerator(string path) =>
        Parent(path, search.Generator) || Parent(path, search.GeneratorEarly) || Parent(path, search.GeneratorLate);

    public bool IsTransient(string path) => Parent(path, search.Transient);

    public bool IsControl(string path) => Parent(path, search.PersistentControl) || Parent(path, search.RuntimeControl);

    public bool IsConfig(string path) => Parent(path, search.PersistentConfig) || Parent(path, search.RuntimeConfig);

    /// <summary>Whether a file is gone after a reboot.</summary>
    public bool IsRuntime(string path) => IsBelow(path, "/run") || IsRuntimeDirectory(PathText.Directory(path));

    public bool IsRuntimeDirectory(string directory) =>
        IsBelow(directory, "/run") || Same(directory, search.RuntimeConfig) || Same(directory, search.Generator)
        || Same(directory, search.GeneratorEarly) || Same(directory, search.GeneratorLate) || Same(directory, search.Transient)
        || Same(directory, search.RuntimeControl);

    public bool IsVendorOrGenerator(string path) => IsBelow(path, "/usr") || IsBelow(path, "/lib") || IsGenerator(path);

    /// <summary>Whether "systemctl revert" removes a drop-in directory here.</summary>
    public bool IsReverted(string path) => IsConfig(path) || IsControl(path) || IsTransient(path);

    public static bool IsBelow(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');

    private static bool Same(string directory, string? other) => string.Equals(directory, other, StringComparison.Ordinal);

    private static bool Parent(string path, string? directory) => Same(PathText.Directory(path), directory);
}
