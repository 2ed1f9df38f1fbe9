using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>mask, unmask and revert: what stands in place of a vendor's file.</summary>
internal sealed partial class UnitFileInstaller
{
    private const int MaxDropInDepth = 16;

    public InstallResult Mask(IReadOnlyList<string> names, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags & ~UnitFileFlags.Portable, (operation, config) =>
        {
            var result = InstallError.None;
            foreach (var name in names)
            {
                var error = UnitName.IsValid(name)
                    ? operation.Links.Link("/dev/null", PathText.Join(config, name), flags.HasFlag(UnitFileFlags.Force)).Error
                    : InstallError.Invalid;
                result = result == InstallError.None ? error : result;
            }

            return result;
        });

    public InstallResult Unmask(IReadOnlyList<string> names, UnitFileFlags flags = UnitFileFlags.None) =>
        Run(flags & ~UnitFileFlags.Portable, (operation, config) =>
        {
            var todo = new List<string>();
            foreach (var name in names)
            {
                if (!UnitName.IsValid(name))
                {
                    return InstallError.Invalid;
                }

                NoteGeneratedMask(operation, name);
                var path = PathText.Join(config, name);
                if (_files.IsNullOrEmpty(path) && !todo.Contains(path, StringComparer.Ordinal))
                {
                    todo.Add(path);
                }
            }

            return RemoveMasks(operation, todo, config, flags.HasFlag(UnitFileFlags.DryRun));
        });

    /// <summary>Removes drop-ins of the administrator's and, where a vendor has the unit, files that replace the vendor's.</summary>
    public InstallResult Revert(IReadOnlyList<string> names) =>
        Run(UnitFileFlags.None, (operation, _) =>
        {
            var todo = new List<string>();
            foreach (var name in names)
            {
                if (!UnitName.IsValid(name))
                {
                    return InstallError.Invalid;
                }

                CollectReverted(name, todo);
            }

            var remover = new LinkRemover(_files, operation.Log);
            foreach (var path in todo)
            {
                RemoveTree(operation, path, path, depth: 0);
                remover.Mark(path);
            }

            var result = _search.RuntimeConfig is { } runtime ? remover.RemoveAll(runtime, dryRun: false) : InstallError.None;
            var other = _search.PersistentConfig is { } persistent ? remover.RemoveAll(persistent, dryRun: false) : InstallError.None;
            return result == InstallError.None ? other : result;
        });

    private void NoteGeneratedMask(Operation operation, string name)
    {
        // An offline tree has no generators' output worth a word.
        if (_search.Root is not null)
        {
            return;
        }

        var info = new InstallInfo(name, path: null, auxiliary: false);
        if (operation.Loader.Search(new InstallContext(), info, SearchFlags.None) == InstallError.None
            && info.Mode == InstallMode.Masked && _roles.IsGenerator(info.Path!))
        {
            operation.Log.Remark(InstallChangeType.IsMaskedGenerator, name, info.Path!);
        }
    }

    private InstallError RemoveMasks(Operation operation, List<string> paths, string config, bool dryRun)
    {
        var result = InstallError.None;
        var remover = new LinkRemover(_files, operation.Log);
        foreach (var path in paths)
        {
            var error = dryRun ? FileError.None : _files.Remove(path);
            if (error == FileError.None)
            {
                operation.Log.Unlinked(path);
                remover.Mark(path);
            }
            else if (error != FileError.NotFound)
            {
                operation.Log.FailedAt((InstallError)error, path);
                result = result == InstallError.None ? (InstallError)error : result;
            }
        }

        var swept = remover.RemoveAll(config, dryRun);
        return result == InstallError.None ? swept : result;
    }

    private void CollectReverted(string name, List<string> todo)
    {
        var hasVendor = false;
        foreach (var directory in _search.All)
        {
            var path = PathText.Join(directory, name);
            hasVendor |= _files.Stat(path, followLinks: false, out _) == FileKind.File && _roles.IsVendorOrGenerator(path);
            if (_files.Stat(path + ".d", followLinks: false, out _) == FileKind.Directory && _roles.IsReverted(path + ".d"))
            {
                AddOnce(todo, path + ".d");
            }
        }

        foreach (var path in hasVendor ? _search.All.Select(d => PathText.Join(d, name)) : [])
        {
            if (_files.Stat(path, followLinks: false, out _) is FileKind.File or FileKind.Symlink && _roles.IsConfig(path))
            {
                AddOnce(todo, path);
            }
        }
    }

    private static void AddOnce(List<string> list, string text)
    {
        if (!list.Contains(text, StringComparer.Ordinal))
        {
            list.Add(text);
        }
    }

    /// <summary>Links inside are removed and not followed; only the top and the files right below it are reported.</summary>
    private void RemoveTree(Operation operation, string path, string top, int depth)
    {
        if (_files.Stat(path, followLinks: false, out _) != FileKind.Directory)
        {
            _files.Remove(path);
        }
        else
        {
            foreach (var entry in depth < MaxDropInDepth ? _files.Entries(path) : [])
            {
                RemoveTree(operation, PathText.Join(path, entry.Name), top, depth + 1);
                if (depth == 0 && entry.Kind is FileKind.File or FileKind.Symlink && !HiddenFile.Is(entry.Name))
                {
                    operation.Log.Unlinked(PathText.Join(path, entry.Name));
                }
            }

            _files.RemoveDirectoryIfEmpty(path);
        }

        if (depth == 0)
        {
            operation.Log.Unlinked(top);
        }
    }
}
