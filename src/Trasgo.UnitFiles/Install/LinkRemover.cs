using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>
/// Takes away the links to marked units: those of their names, those of instances of marked templates, those that lead to
/// a marked file, and then those that led to what was just removed, until nothing more turns up.
/// </summary>
internal sealed class LinkRemover(IUnitFileSystem files, ChangeLog log)
{
    private const int MaxDepth = 16;

    private readonly HashSet<string> _marked = new(StringComparer.Ordinal);

    /// <summary>A unit name, or the path of a file or link.</summary>
    public bool Mark(string nameOrPath) => _marked.Add(PathText.Simplify(nameOrPath));

    public InstallError RemoveAll(string config, bool dryRun)
    {
        if (_marked.Count == 0)
        {
            return InstallError.None;
        }

        var result = InstallError.None;
        bool again;
        do
        {
            again = false;
            var error = Sweep(config, config, dryRun, depth: 0, ref again);
            result = result == InstallError.None ? error : result;
        }
        while (again);
        return result;
    }

    private InstallError Sweep(string directory, string config, bool dryRun, int depth, ref bool again)
    {
        var result = InstallError.None;
        foreach (var entry in files.Entries(directory))
        {
            if (HiddenFile.Is(entry.Name))
            {
                continue;
            }

            var path = PathText.Join(directory, entry.Name);
            var error = entry.Kind switch
            {
                FileKind.Directory when depth < MaxDepth => Sweep(path, config, dryRun, depth + 1, ref again),
                FileKind.Symlink when UnitName.TryParse(entry.Name, out var name) => Consider(name, path, config, dryRun, ref again),
                _ => InstallError.None,
            };
            result = result == InstallError.None ? error : result;
        }

        return result;
    }

    private InstallError Consider(UnitName name, string path, string config, bool dryRun, ref bool again)
    {
        if (_marked.Contains(name.Text) || (!name.IsPlain && _marked.Contains(name.Template!.Text)))
        {
            return Remove(path, config, dryRun, ref again);
        }

        if (PathChaser.ChaseTarget(files, path, out var ring) is { } target)
        {
            return _marked.Contains(target) || _marked.Contains(PathText.FileName(target))
                ? Remove(path, config, dryRun, ref again)
                : InstallError.None;
        }

        return ring ? log.FailedAt(InstallError.Linked, path) : InstallError.None;
    }

    private InstallError Remove(string path, string config, bool dryRun, ref bool again)
    {
        if (!dryRun)
        {
            var error = files.Remove(path);
            if (error is not (FileError.None or FileError.NotFound))
            {
                return log.FailedAt((InstallError)error, path);
            }

            RemoveEmptyParents(path, config);
        }

        log.Unlinked(path);
        if (Mark(path) && !dryRun)
        {
            again = true;
        }

        return InstallError.None;
    }

    private void RemoveEmptyParents(string path, string stop)
    {
        for (var parent = PathText.Directory(path);
            !DirectoryRoles.IsBelow(stop, parent) && DirectoryRoles.IsBelow(parent, stop);
            parent = PathText.Directory(parent))
        {
            if (files.RemoveDirectoryIfEmpty(parent) is not (FileError.None or FileError.NotFound))
            {
                return;
            }
        }
    }
}
