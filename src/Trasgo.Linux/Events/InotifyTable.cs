using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// The loop's one inotify descriptor. The kernel gives one watch for an inode however often it is added, so watches of the same object
/// share it here; its mask is what they want together, and shrinks as they go. An overflow concerns every watch and is told to all.
/// </summary>
internal sealed unsafe class InotifyTable(EventLoop loop) : IDisposable
{
    private const int NonBlockCloseOnExec = 0x80800;
    private const int BufferSize = 16 * 1024;

    private readonly Dictionary<int, List<DirectoryWatch>> _watches = [];
    private byte* _buffer = (byte*)NativeMemory.Alloc(BufferSize);
    private Descriptor? _fd;
    private IoSource? _source;

    public DirectoryWatch Add(string path, InotifyMask mask, InotifyHandler handler, int priority)
    {
        var watch = new DirectoryWatch(loop, this, path, mask, handler, priority) { Error = Open() };
        if (watch.Error != Errno.None)
        {
            return watch;
        }

        var added = AddToKernel(path, mask | InotifyMask.MaskAdd);
        watch.Error = added.Error;
        watch.WatchDescriptor = added.Value;
        if (added.Ok)
        {
            if (!_watches.TryGetValue(added.Value, out var sharers))
            {
                _watches[added.Value] = sharers = [];
            }

            sharers.Add(watch);
        }

        return watch;
    }

    public void Remove(DirectoryWatch watch)
    {
        if (!_watches.TryGetValue(watch.WatchDescriptor, out var sharers) || !sharers.Remove(watch))
        {
            return;
        }

        if (sharers.Count == 0)
        {
            _watches.Remove(watch.WatchDescriptor);
            _ = Libc.inotify_rm_watch(_fd!.Raw, watch.WatchDescriptor);
        }
        else if ((watch.Mask & InotifyMask.AllEvents & ~Wanted(sharers)) != 0)
        {
            Narrow(sharers);
        }
    }

    public void Dispose()
    {
        _source?.Dispose();
        _fd?.Dispose();
        NativeMemory.Free(_buffer);
        _buffer = null;
    }

    /// <summary>At the first use: EMFILE when the user has as many instances as fs.inotify.max_user_instances lets him.</summary>
    private Errno Open()
    {
        if (_fd is null)
        {
            var opened = LastError.Owned(Libc.inotify_init1(NonBlockCloseOnExec));
            if (!opened.Ok)
            {
                return opened.Error;
            }

            _fd = opened.Value;
            _source = loop.OnReadable(_fd, OnEvents);
        }

        return Errno.None;
    }

    private Result<int> AddToKernel(string path, InotifyMask mask)
    {
        fixed (byte* bytes = Utf8.Terminated(path))
        {
            return LastError.Value(Libc.inotify_add_watch(_fd!.Raw, bytes, (uint)mask));
        }
    }

    private static InotifyMask Wanted(List<DirectoryWatch> sharers)
    {
        var wanted = InotifyMask.None;
        foreach (var sharer in sharers)
        {
            wanted |= sharer.Mask & InotifyMask.AllEvents;
        }

        return wanted;
    }

    /// <summary>
    /// Nobody wants some of the events any more, so they are not to wake us up. A mask is set by path only, and the path may lead to something
    /// else by now: then that is put right again, and whoever watches it looks at it again.
    /// </summary>
    private void Narrow(List<DirectoryWatch> sharers)
    {
        var sharer = sharers[0];
        var path = sharer.Path;
        var how = sharer.Mask & InotifyMask.DoNotFollow;
        var set = AddToKernel(path, Wanted(sharers) | how);
        if (!set.Ok || set.Value == sharer.WatchDescriptor)
        {
            return;
        }

        if (_watches.TryGetValue(set.Value, out var others))
        {
            _ = AddToKernel(path, Wanted(others) | how);
            TellAll([.. others], new InotifyEvent(InotifyMask.Overflow, default));
        }
        else
        {
            _ = Libc.inotify_rm_watch(_fd!.Raw, set.Value);
        }
    }

    private void OnEvents()
    {
        var size = (int)Libc.read(_fd!.Raw, _buffer, BufferSize);
        for (var at = 0; at + sizeof(InotifyEventHeader) <= size;)
        {
            var header = *(InotifyEventHeader*)(_buffer + at);
            var name = header.NameLength == 0
                ? default
                : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(_buffer + at + sizeof(InotifyEventHeader));
            at += sizeof(InotifyEventHeader) + (int)header.NameLength;
            Deliver(header.Watch, new InotifyEvent((InotifyMask)header.Mask, name));
        }
    }

    private void Deliver(int descriptor, InotifyEvent inotifyEvent)
    {
        if (inotifyEvent.IsOverflow)
        {
            TellAll([.. _watches.Values.SelectMany(static list => list)], inotifyEvent);
            return;
        }

        if (!_watches.TryGetValue(descriptor, out var watches))
        {
            return;
        }

        if ((inotifyEvent.Mask & InotifyMask.Ignored) != 0)
        {
            _watches.Remove(descriptor);
        }

        // Backwards, because a handler may dispose its own watch.
        for (var i = watches.Count - 1; i >= 0; i = Math.Min(i, watches.Count) - 1)
        {
            var wanted = (watches[i].Mask & InotifyMask.AllEvents) | InotifyMask.Ignored | InotifyMask.Unmount;
            if ((wanted & inotifyEvent.Mask) != 0)
            {
                watches[i].Deliver(inotifyEvent);
            }
        }
    }

    private static void TellAll(DirectoryWatch[] watches, InotifyEvent inotifyEvent)
    {
        foreach (var watch in watches)
        {
            watch.Deliver(inotifyEvent);
        }
    }
}
