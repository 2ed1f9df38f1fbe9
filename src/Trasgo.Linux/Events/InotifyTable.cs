using System.Runtime.InteropServices;
using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// The loop's one inotify descriptor. The kernel gives one watch for an inode however often it is added, so watches of the same object
/// share it here. An overflow concerns every watch and is told to all.
/// </summary>
internal sealed unsafe class InotifyTable : IDisposable
{
    private const int NonBlockCloseOnExec = 0x80800;
    private const int BufferSize = 16 * 1024;

    private readonly EventLoop _loop;
    private readonly Descriptor _fd = LastError.Owned(Libc.inotify_init1(NonBlockCloseOnExec)).OrThrow("inotify_init1");
    private readonly IoSource _source;
    private readonly Dictionary<int, List<DirectoryWatch>> _watches = [];
    private readonly byte* _buffer = (byte*)NativeMemory.Alloc(BufferSize);

    public InotifyTable(EventLoop loop)
    {
        _loop = loop;
        _source = loop.OnReadable(_fd, OnEvents);
    }

    public DirectoryWatch Add(string path, InotifyMask mask, Action<InotifyEvent> handler, int priority)
    {
        var watch = new DirectoryWatch(_loop, this, mask, handler, priority);
        fixed (byte* bytes = Utf8.Terminated(path))
        {
            var added = LastError.Value(Libc.inotify_add_watch(_fd.Raw, bytes, (uint)(mask | InotifyMask.MaskAdd)));
            watch.Error = added.Error;
            watch.WatchDescriptor = added.Value;
        }

        if (watch.Error == Errno.None)
        {
            if (!_watches.TryGetValue(watch.WatchDescriptor, out var list))
            {
                _watches[watch.WatchDescriptor] = list = [];
            }

            list.Add(watch);
        }

        return watch;
    }

    public void Remove(DirectoryWatch watch)
    {
        if (_watches.TryGetValue(watch.WatchDescriptor, out var list) && list.Remove(watch) && list.Count == 0)
        {
            _watches.Remove(watch.WatchDescriptor);
            _ = Libc.inotify_rm_watch(_fd.Raw, watch.WatchDescriptor);
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _fd.Dispose();
        NativeMemory.Free(_buffer);
    }

    private void OnEvents()
    {
        var size = (int)Libc.read(_fd.Raw, _buffer, BufferSize);
        for (var at = 0; at + sizeof(InotifyEventHeader) <= size;)
        {
            var header = *(InotifyEventHeader*)(_buffer + at);
            var name = header.NameLength == 0
                ? string.Empty
                : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(_buffer + at + sizeof(InotifyEventHeader)));
            at += sizeof(InotifyEventHeader) + (int)header.NameLength;
            Deliver(header.Watch, new InotifyEvent((InotifyMask)header.Mask, name));
        }
    }

    private void Deliver(int descriptor, InotifyEvent inotifyEvent)
    {
        if (inotifyEvent.IsOverflow)
        {
            foreach (var watch in _watches.Values.SelectMany(static list => list).ToArray())
            {
                watch.Deliver(inotifyEvent);
            }

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
            var wanted = watches[i].Mask | InotifyMask.Ignored | InotifyMask.Unmount;
            if ((wanted & inotifyEvent.Mask & (InotifyMask)0xFFFF) != 0)
            {
                watches[i].Deliver(inotifyEvent);
            }
        }
    }
}
