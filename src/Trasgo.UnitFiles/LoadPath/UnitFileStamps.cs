using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>The files a unit was read from and their times, by which a later change is seen: all that outlives reading.</summary>
internal sealed record UnitFileStamps(
    UnitName Id, UnitFileLookup Lookup, ulong FragmentModifiedUsec, IReadOnlyList<string> DropInPaths, ulong DropInModifiedUsec)
{
    /// <summary>
    /// Whether files have changed since: systemctl's NeedDaemonReload property. With an index a new drop-in directory is
    /// seen when the index is built anew, as in systemd; without, at once and at the cost of a look into every directory.
    /// </summary>
    public bool IsOutdated(UnitSearchPath search, IUnitFileSystem files, UnitFileIndex? index = null)
    {
        if (Lookup.FragmentPath is { } fragment && IsNewer(files, fragment, FragmentModifiedUsec, Lookup.IsMasked))
        {
            return true;
        }

        foreach (var path in DropInPaths)
        {
            if (IsNewer(files, path, DropInModifiedUsec, masked: false))
            {
                return true;
            }
        }

        return !DropIns.Find(search, files, Id, Lookup.Names, index).SequenceEqual(DropInPaths, StringComparer.Ordinal);
    }

    private static bool IsNewer(IUnitFileSystem files, string path, ulong since, bool masked)
    {
        if (files.Stat(path, followLinks: true, out var stamp) == FileKind.Missing)
        {
            return true;
        }

        return masked ? !files.IsNullOrEmpty(path) : stamp.ModifiedUsec > since;
    }
}
