using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Install;

/// <summary>Looks for the links that show that a unit is enabled, and says where they are.</summary>
internal sealed class EnablementFinder(UnitSearchPath search, IUnitFileSystem files, DirectoryRoles roles)
{
    private readonly Dictionary<string, DirectoryLinks> _links = new(StringComparer.Ordinal);

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
        var links = Links(directory);
        sameName = !below && links.HasLink(info.Name, info.Name);
        foreach (var link in links.Dependencies(info.Name))
        {
            if (!byName || info.Knows(link))
            {
                return true;
            }
        }

        if (!below && !sameName && links.HasLink(info.Name))
        {
            return true;
        }

        foreach (var link in links.LinksTo(info.Name))
        {
            if ((below || !string.Equals(link, info.Name, StringComparison.Ordinal)) && (!byName || info.Knows(link)))
            {
                return true;
            }
        }

        return false;
    }

    private DirectoryLinks Links(string directory)
    {
        if (!_links.TryGetValue(directory, out var links))
        {
            _links.Add(directory, links = new DirectoryLinks(files, directory));
        }

        return links;
    }
}
