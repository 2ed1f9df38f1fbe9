using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// Tells that something has happened at a path, which need not exist yet: the nearest directory above it that does is
/// watched, and the watch moves down as directories appear.
/// </summary>
internal sealed class PathWatch : IDisposable
{
    private const InotifyMask Interest = InotifyMask.Create | InotifyMask.MovedTo | InotifyMask.Modify | InotifyMask.CloseWrite |
        InotifyMask.Attributes | InotifyMask.DeleteSelf | InotifyMask.MoveSelf;

    private readonly EventLoop _loop;
    private readonly string _path;
    private readonly Action _changed;
    private DirectoryWatch? _watch;
    private string _watched = "";
    private bool _disposed;

    public PathWatch(EventLoop loop, string path, Action changed)
    {
        _loop = loop;
        _path = path;
        _changed = changed;
        Move();
    }

    public void Dispose()
    {
        _disposed = true;
        _watch?.Dispose();
        _watch = null;
    }

    private void OnEvent(InotifyEvent what)
    {
        if (_disposed)
        {
            return;
        }

        if ((what.Mask & (InotifyMask.DeleteSelf | InotifyMask.MoveSelf)) != 0)
        {
            _watched = "";
        }

        Move();
        _changed();
    }

    /// <summary>Sets the watch as deep as it can be, and once more if a directory appeared in the meantime.</summary>
    private void Move()
    {
        while (true)
        {
            var directory = NearestDirectory();
            if (directory == _watched)
            {
                return;
            }

            _watch?.Dispose();
            _watch = _loop.Watch(directory, Interest, OnEvent);
            _watched = directory;
        }
    }

    private string NearestDirectory()
    {
        var directory = Path.GetDirectoryName(_path) ?? "/";
        while (directory != "/" && !Directory.Exists(directory))
        {
            directory = Path.GetDirectoryName(directory) ?? "/";
        }

        return directory;
    }
}
