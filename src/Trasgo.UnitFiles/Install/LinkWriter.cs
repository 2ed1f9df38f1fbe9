using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>
/// Makes the links of enabled, linked and masked units. It writes below the unit directories and nowhere else: a .wants/
/// directory that is itself a link out of them is refused, which systemd would follow.
/// </summary>
internal sealed class LinkWriter(UnitSearchPath search, IUnitFileSystem files, ChangeLog log)
{
    private List<string>? _inside;

    /// <summary>One if the link is there in the end, whether or not it was before.</summary>
    public Outcome Link(string target, string path, bool force)
    {
        var directory = PathText.Directory(path);
        if (!IsInside(directory))
        {
            return log.FailedAt(InstallError.Linked, path);
        }

        files.MakeDirectories(directory);
        var error = files.WriteSymlink(target, path);
        if (error == FileError.None)
        {
            log.Symlinked(path, target);
            return 1;
        }

        if (error != FileError.Exists)
        {
            return log.FailedAt((InstallError)error, path);
        }

        if (files.ReadLink(path) is not { } present)
        {
            return log.FailedAt(InstallError.Exists, path);
        }

        if (IsEquivalent(path, present, target))
        {
            return 1;
        }

        return force ? Replace(target, path) : log.FailedAt(InstallError.Exists, path, present);
    }

    private Outcome Replace(string target, string path)
    {
        var error = files.WriteSymlink(target, path, replace: true);
        if (error != FileError.None)
        {
            return log.FailedAt((InstallError)error, path);
        }

        log.Unlinked(path);
        log.Symlinked(path, target);
        return 1;
    }

    private bool IsInside(string directory)
    {
        _inside ??= UnitLinkResolver.Expand(search, files);
        return PathChaser.ChaseTarget(files, directory) is { } resolved
            && (_inside.Contains(resolved, StringComparer.Ordinal) || UnitLinkResolver.Tail(resolved, _inside) is not null);
    }

    /// <summary>The same path or file or, within the search path, the same name: which directory it is in makes no difference.</summary>
    private bool IsEquivalent(string path, string one, string other)
    {
        var a = PathText.Simplify(PathChaser.Absolute(path, one));
        var b = PathText.Simplify(PathChaser.Absolute(path, other));
        if (string.Equals(a, b, StringComparison.Ordinal))
        {
            return true;
        }

        if (files.Stat(a, followLinks: true, out var first) != FileKind.Missing
            && files.Stat(b, followLinks: true, out var second) != FileKind.Missing
            && first.Inode == second.Inode && first.Device == second.Device)
        {
            return true;
        }

        return string.Equals(PathText.FileName(a), PathText.FileName(b), StringComparison.Ordinal)
            && UnitLinkResolver.Tail(a, search.All) is not null && UnitLinkResolver.Tail(b, search.All) is not null;
    }
}
