using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>The files a unit was read from and their times, by which a later change is seen: all that outlives reading.</summary>
internal sealed record UnitFileStamps(
    UnitName Id, UnitFileLookup Lookup, ulong FragmentModifiedUsec, IReadOnlyList<string> DropInPaths, ulong DropInModifiedUsec)
{
    /// <summary>
    /// Whether files have changed since: systemctl's NeedDaemonReload property. With an index a new drop-in directory is
    /// seen when the index is built anew, as in systemd; without, at once and at the cost of a look into every directory.
    /// A unit that was not loaded should have no drop-ins, and is outdated if it has, as in systemd.
    /// </summary>
    public bool IsOutdated(UnitSearchPath search, IUnitFileSystem files, UnitFileIndex? index = null, bool isLoaded = true)
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

        var present = isLoaded ? DropIns.Find(search, files, Id, Lookup.Names, index) : [];
        return !present.SequenceEqual(DropInPaths, StringComparer.Ordinal);
    }

    /// <summary>Whether the file is another than the one of that time; what the kernel makes up is never outdated.</summary>
    public static bool IsNewer(IUnitFileSystem files, string path, ulong since, bool masked)
    {
        if (path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/sys/", StringComparison.Ordinal))
        {
            return false;
        }

        if (files.Stat(path, followLinks: true, out var stamp) == FileKind.Missing)
        {
            return true;
        }

        return masked ? !files.IsNullOrEmpty(path) : stamp.ModifiedUsec > since;
    }
}
