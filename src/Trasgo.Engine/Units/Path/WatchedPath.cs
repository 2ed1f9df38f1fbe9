using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>
/// One line of a path unit: the path, and the watches that tell when it is worth looking at it again. Every directory on the way is watched,
/// and every link as well as what it leads to, so that a path that comes, goes, moves or is replaced is noticed wherever that happens. The
/// way down is watched closely only where it ends for now: in the last directory that exists, for the one name that is missing.
/// </summary>
internal sealed class WatchedPath(EventLoop loop, PathSpec spec, WatchedPathHandler happened)
{
    private const InotifyMask Departure = InotifyMask.DeleteSelf | InotifyMask.MoveSelf;
    private const InotifyMask Arrival = InotifyMask.Create | InotifyMask.MovedTo;

    private const InotifyMask AnyChange = InotifyMask.CloseWrite | InotifyMask.Delete | InotifyMask.MovedFrom | Arrival;

    private List<DirectoryWatch> _watches = [];
    private List<DirectoryWatch> _replaced = [];
    private byte[] _awaited = [];
    private FileStatus? _seen;
    private bool _isWatched;

    public PathSpec Spec => spec;

    /// <summary>For PathChanged= and PathModified=: it was there when it was last looked for.</summary>
    public bool Existed { get; set; }

    /// <summary>How it was when the watches were set, for a manager that takes them over; "" where that does not matter.</summary>
    public string SeenText => IsForChanges && _isWatched ? Text(_seen) : "";

    /// <summary>How it was for the manager before this one.</summary>
    public string SeenBefore { get; set; } = "";

    /// <summary>It was changed while nobody watched: after the last look of one manager, before the first of the next.</summary>
    public bool WasChangedUnseen => IsForChanges && SeenBefore.Length > 0 && SeenBefore != Text(Look());

    /// <summary>
    /// What is to be told as $TRIGGER_PATH if the path is now as its directive wants it, else null. A mere change triggers only if it comes while
    /// the unit waits, not by what is there at the start or when the other unit has ended.
    /// </summary>
    public string? Check(bool mayBeChange) => spec.Kind switch
    {
        PathKind.PathExists => Exists() ? spec.Path : null,
        PathKind.PathExistsGlob => PathGlob.First(spec.Path),
        PathKind.DirectoryNotEmpty => DirectoryContents.IsWorthNotice(spec.Path) ? spec.Path : null,
        PathKind.PathChanged or PathKind.PathModified => HasComeOrGone() && mayBeChange ? spec.Path : null,
        _ => throw new ArgumentOutOfRangeException(nameof(mayBeChange), spec.Kind, message: null),
    };

    /// <summary>
    /// Sets the watches, or sets them anew if the way to the path has changed. What stays watched stays watched throughout. The caller looks
    /// at the path afterwards, as it may have changed just before. Where something fails, <paramref name="failedAt"/> is where.
    /// </summary>
    public Errno Watch(out string failedAt)
    {
        failedAt = "";
        if (_isWatched)
        {
            return Errno.None;
        }

        (_watches, _replaced) = (_replaced, _watches);
        _isWatched = true;
        var error = WatchDown(out failedAt);
        Drop(_replaced);
        if (error != Errno.None)
        {
            Unwatch();
        }
        else if (IsForChanges)
        {
            _seen = Look();
        }

        return error;
    }

    public void Unwatch()
    {
        _isWatched = false;
        Drop(_watches);
    }

    private bool IsForChanges => spec.Kind is PathKind.PathChanged or PathKind.PathModified;

    private static void Drop(List<DirectoryWatch> watches)
    {
        foreach (var watch in watches)
        {
            watch.Dispose();
        }

        watches.Clear();
    }

    private Errno WatchDown(out string at)
    {
        at = "/";
        string? parent = null;
        while (true)
        {
            var isLast = at.Length == spec.Path.Length;
            var error = isLast ? AddBoth(at, OwnMask(), OnOwnEvent) : AddBoth(at, Departure, OnWayEvent);
            if (IsMissing(error) && parent is not null)
            {
                // The directory above is told to tell; what is missing may have come before it was.
                var name = at[(at.LastIndexOf('/') + 1)..];
                _awaited = spec.Kind == PathKind.PathExistsGlob && PathGlob.HasWildcards(name) ? [] : Utf8.Encode(name);
                error = AddBoth(parent, Departure | Arrival, OnArrival);
                if (error == Errno.None)
                {
                    error = isLast ? AddBoth(at, OwnMask(), OnOwnEvent) : AddBoth(at, Departure, OnWayEvent);
                }

                if (IsMissing(error))
                {
                    return Errno.None;
                }
            }

            if (error != Errno.None || isLast)
            {
                return error;
            }

            parent = at;
            at = Below(at);
        }
    }

    /// <summary>One component further down.</summary>
    private string Below(string at)
    {
        var end = spec.Path.IndexOf('/', at.Length == 1 ? 1 : at.Length + 1);
        return end < 0 ? spec.Path : spec.Path[..end];
    }

    private static bool IsMissing(Errno error) => error is Errno.ENOENT or Errno.EACCES;

    /// <summary>Watches what is there, and if that is a link, both the link and what it leads to.</summary>
    private Errno AddBoth(string path, InotifyMask mask, InotifyHandler handler)
    {
        var link = loop.Watch(path, mask | InotifyMask.DoNotFollow, OnWayEvent);
        if (link.Error != Errno.None)
        {
            return link.Error;
        }

        _watches.Add(link);
        var target = loop.Watch(path, mask, handler);
        if (target.Error != Errno.None)
        {
            return target.Error;
        }

        if (target.IsSameObjectAs(link))
        {
            _watches.RemoveAt(_watches.Count - 1);
            link.Dispose();
        }

        _watches.Add(target);
        return Errno.None;
    }

    private InotifyMask OwnMask() => Departure | InotifyMask.Attributes | spec.Kind switch
    {
        PathKind.PathExists or PathKind.PathExistsGlob => InotifyMask.None,
        PathKind.DirectoryNotEmpty => Arrival,
        PathKind.PathChanged => AnyChange,
        PathKind.PathModified => AnyChange | InotifyMask.Modify,
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, message: null),
    };

    private void OnOwnEvent(InotifyEvent what)
    {
        if (IsForChanges && !what.IsOverflow)
        {
            happened(this, isChange: true);
        }
        else
        {
            OnWayEvent(what);
        }
    }

    private void OnArrival(InotifyEvent what)
    {
        if ((what.Mask & Arrival) == 0 || _awaited.Length == 0 || what.NameBytes.SequenceEqual(_awaited))
        {
            OnWayEvent(what);
        }
    }

    /// <summary>
    /// The way to the path may be another one now. After an overflow nobody knows what happened: then the path itself tells whether it has been
    /// changed since it is watched.
    /// </summary>
    private void OnWayEvent(InotifyEvent what)
    {
        _isWatched = false;
        happened(this, isChange: what.IsOverflow && IsForChanges && Look() != _seen);
    }

    private bool Exists() => FileSystem.Exists(spec.Path) == Errno.None;

    private bool HasComeOrGone()
    {
        var exists = Exists();
        var isNews = exists != Existed;
        Existed = exists;
        return isNews;
    }

    private static string Text(FileStatus? status) => status is { } known ? $"{known.Device}:{known.Inode}:{known.Size}:{known.ModifiedUsec}" : "absent";

    private FileStatus? Look() => FileSystem.Status(spec.Path) is { Ok: true, Value: var status } ? status : null;
}

/// <summary>Something has happened at the path or on the way to it. A change triggers by itself, anything else is a reason to look.</summary>
internal delegate void WatchedPathHandler(WatchedPath path, bool isChange);
