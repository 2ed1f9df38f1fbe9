namespace Trasgo.Linux;

/// <summary>The events of inotify(7).</summary>
[Flags]
internal enum InotifyMask : uint
{
    Access = 0x1,
    Modify = 0x2,
    Attributes = 0x4,
    CloseWrite = 0x8,
    CloseNoWrite = 0x10,
    Open = 0x20,
    MovedFrom = 0x40,
    MovedTo = 0x80,
    Create = 0x100,
    Delete = 0x200,
    DeleteSelf = 0x400,
    MoveSelf = 0x800,
    Unmount = 0x2000,
    Overflow = 0x4000,
    Ignored = 0x8000,
    OnlyDirectory = 0x0100_0000,
    DoNotFollow = 0x0200_0000,
    MaskAdd = 0x2000_0000,
    IsDirectory = 0x4000_0000,
    OneShot = 0x8000_0000,
}

/// <summary>One event; <see cref="Name"/> is empty for events of the watched object itself, and for an overflow.</summary>
internal readonly record struct InotifyEvent(InotifyMask Mask, string Name)
{
    /// <summary>Events were lost: whoever watches looks at the real state again.</summary>
    public bool IsOverflow => (Mask & InotifyMask.Overflow) != 0;
}

/// <summary>A watch on a path. The kernel ends it by itself when the object goes away; the last event then has Ignored set.</summary>
internal sealed class DirectoryWatch : EventSource
{
    private readonly InotifyTable _table;
    private readonly Action<InotifyEvent> _handler;

    internal DirectoryWatch(EventLoop loop, InotifyTable table, InotifyMask mask, Action<InotifyEvent> handler, int priority)
        : base(loop, priority)
    {
        _table = table;
        Mask = mask;
        _handler = handler;
    }

    public InotifyMask Mask { get; }

    /// <summary>Why the watch does not exist; None while it does.</summary>
    public Errno Error { get; internal set; }

    internal int WatchDescriptor { get; set; } = -1;

    internal void Deliver(InotifyEvent inotifyEvent)
    {
        if (!IsDisposed)
        {
            _handler(inotifyEvent);
        }
    }

    internal override void Dispatch()
    {
    }

    protected override void Unsubscribe() => _table.Remove(this);
}
