using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>Looks for the links that show that a unit is enabled, and says where they are.</summary>
internal sealed class EnablementFinder(UnitSearchPath search, IUnitFileSystem files, DirectoryRoles roles)
{
    /// <summary>
    /// null if there is none. With <paramref name="byName"/> only links count that [Install] would make; without, those of
    /// any other name as well.
    /// </summary>
    public UnitFileState? Find(InstallInfo info, bool byName)
    {
        var inRuntime = false;
        var anywhere = false;
        UnitFileState? linked = null;
        var below = false;
        foreach (var directory in search.All)
        {
            if (HasLinks(info, byName, below, directory, out var sameName))
            {
                if (IsPersistent(directory))
                {
                    return UnitFileState.Enabled;
                }

                inRuntime |= roles.IsRuntimeDirectory(directory);
                anywhere |= !roles.IsRuntimeDirectory(directory);
            }
            else if (sameName && string.Equals(directory, search.PersistentConfig, StringComparison.Ordinal))
            {
                linked = UnitFileState.Linked;
            }
            else if (sameName && roles.IsRuntimeDirectory(directory))
            {
                linked ??= UnitFileState.LinkedRuntime;
            }

            // Links of lower priority than the file itself are hidden by it.
            below |= DirectoryRoles.IsBelow(info.Path!, directory);
        }

        if (inRuntime)
        {
            return UnitFileState.EnabledRuntime;
        }

        // An instance linked by a package is meant to be, where an alias merely offers a name.
        return anywhere && UnitName.IsValid(info.Name, UnitNameFlags.Instance) ? UnitFileState.Static : linked;
    }

    /// <summary>For a user's manager what the administrator enabled for all is as good.</summary>
    private bool IsPersistent(string directory) =>
        string.Equals(directory, search.PersistentConfig, StringComparison.Ordinal)
        || (search.Scope == RuntimeScope.User && directory is "/etc/systemd/user");

    private bool HasLinks(InstallInfo info, bool byName, bool below, string directory, out bool sameName)
    {
        sameName = false;
        var entries = files.Entries(directory);
        foreach (var entry in entries)
        {
            if (entry.Kind == FileKind.Directory && !HiddenFile.Is(entry.Name)
                && (entry.Name.EndsWith(".wants", StringComparison.Ordinal) || entry.Name.EndsWith(".requires", StringComparison.Ordinal))
                && HasDependencyLink(info, byName, PathText.Join(directory, entry.Name)))
            {
                return true;
            }
        }

        foreach (var entry in entries)
        {
            if (entry.Kind == FileKind.Symlink && !HiddenFile.Is(entry.Name)
                && IsAliasLink(info, byName, below, directory, entry.Name, ref sameName))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasDependencyLink(InstallInfo info, bool byName, string directory)
    {
        foreach (var entry in files.Entries(directory))
        {
            if (entry.Kind != FileKind.Symlink || HiddenFile.Is(entry.Name))
            {
                continue;
            }

            var found = string.Equals(entry.Name, info.Name, StringComparison.Ordinal)
                || (UnitName.TryParse(entry.Name, out var name) && !name.IsPlain
                    && string.Equals(name.Template!.Text, info.Name, StringComparison.Ordinal));
            if (found && (!byName || info.Knows(entry.Name)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAliasLink(InstallInfo info, bool byName, bool below, string directory, string name, ref bool sameName)
    {
        if (files.ReadLink(PathText.Join(directory, name)) is not { } target)
        {
            return false;
        }

        var toUnit = string.Equals(PathText.FileName(target), info.Name, StringComparison.Ordinal);
        var ofUnit = !below && string.Equals(name, info.Name, StringComparison.Ordinal);
        if (toUnit && ofUnit)
        {
            sameName = true;
            return false;
        }

        return (toUnit || ofUnit) && (!byName || info.Knows(name));
    }
}
