namespace Trasgo.Linux;

/// <summary>The events of inotify(7).</summary>
[Flags]
internal enum InotifyMask : uint
{
    None = 0,
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
    AllEvents = 0xFFF,
    Unmount = 0x2000,
    Overflow = 0x4000,
    Ignored = 0x8000,
    OnlyDirectory = 0x0100_0000,
    DoNotFollow = 0x0200_0000,
    MaskAdd = 0x2000_0000,
    IsDirectory = 0x4000_0000,
    OneShot = 0x8000_0000,
}

/// <summary>One event. Its name, as bytes, lies in the buffer that the kernel has filled and is gone when the handler returns.</summary>
internal readonly ref struct InotifyEvent(InotifyMask mask, ReadOnlySpan<byte> nameBytes)
{
    public InotifyMask Mask => mask;

    /// <summary>Empty for events of the watched object itself, and for an overflow.</summary>
    public ReadOnlySpan<byte> NameBytes { get; } = nameBytes;

    public string Name => System.Text.Encoding.UTF8.GetString(NameBytes);

    /// <summary>Events were lost: whoever watches looks at the real state again.</summary>
    public bool IsOverflow => (Mask & InotifyMask.Overflow) != 0;
}

internal delegate void InotifyHandler(InotifyEvent what);

/// <summary>A watch on a path. The kernel ends it by itself when the object goes away; the last event then has Ignored set.</summary>
internal sealed class DirectoryWatch : EventSource
{
    private readonly InotifyTable _table;
    private readonly InotifyHandler _handler;

    internal DirectoryWatch(EventLoop loop, InotifyTable table, string path, InotifyMask mask, InotifyHandler handler, int priority)
        : base(loop, priority)
    {
        _table = table;
        Path = path;
        Mask = mask;
        _handler = handler;
    }

    public string Path { get; }

    public InotifyMask Mask { get; }

    /// <summary>Why the watch does not exist; None while it does.</summary>
    public Errno Error { get; internal set; }

    internal int WatchDescriptor { get; set; } = -1;

    /// <summary>Both are watches of one object, by whichever paths.</summary>
    public bool IsSameObjectAs(DirectoryWatch other) => WatchDescriptor == other.WatchDescriptor;

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
