namespace Trasgo.Linux;

/// <summary>
/// The group below which something was made, entered or removed last. A service for each connection makes a row of siblings, and the way to their parent is
/// longer for the kernel than the last step: so a directory that is asked for twice in a row is kept open. When it is gone, or another has come in its
/// place, nothing is found in it, and the caller goes by the whole path, which tells the truth. To keep a directory of a group open does not keep the group.
/// </summary>
internal sealed class GroupParent(string mount)
{
    private string _path = string.Empty;
    private Descriptor? _directory;

    public Errno Make(string path, uint mode) =>
        Follow(path) is { } parent ? Checked(FileSystem.MakeDirectoryAt(parent, NameOf(path), mode)) : Errno.ENOENT;

    public Errno Remove(string path) =>
        Follow(path) is { } parent ? Checked(FileSystem.RemoveAt(parent, NameOf(path), isDirectory: true)) : Errno.ENOENT;

    public Result<Descriptor> Open(string path)
    {
        if (Follow(path) is not { } parent)
        {
            return Errno.ENOENT;
        }

        var opened = FileSystem.OpenAt(parent, NameOf(path), OpenFlags.PathOnly | OpenFlags.Directory);
        _ = Checked(opened.Error);
        return opened;
    }

    /// <summary>Null if it is another parent than the last time, or cannot be opened.</summary>
    private Descriptor? Follow(string path)
    {
        var parent = path.AsSpan(0, Math.Max(0, path.LastIndexOf('/')));
        if (!parent.SequenceEqual(_path))
        {
            Forget();
            _path = parent.ToString();
            return null;
        }

        if (_directory is null && _path.Length > 0 &&
            FileSystem.Open(mount + _path, OpenFlags.PathOnly | OpenFlags.Directory) is { Ok: true, Value: var opened })
        {
            _directory = opened;
        }

        return _directory;
    }

    private Errno Checked(Errno error)
    {
        if (error == Errno.ENOENT)
        {
            Forget();
        }

        return error;
    }

    private void Forget()
    {
        _directory?.Dispose();
        _directory = null;
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
