namespace Trasgo.Linux;

/// <summary>What a descriptor can be waited for; the values are epoll's.</summary>
[Flags]
internal enum IoEvents : uint
{
    None = 0,
    Readable = 0x001,
    Priority = 0x002,
    Writable = 0x004,
    Error = 0x008,
    HangUp = 0x010,
    ReadHangUp = 0x2000,
}

/// <summary>
/// A descriptor in epoll, level triggered: while it stays ready the handler is called once a round. The handler may find that another
/// handler of the same round has emptied it, so it reads without blocking. Dispose before the descriptor is closed: a copy of it in a
/// child keeps the kernel's registration alive, and epoll would report it for ever.
/// </summary>
internal sealed class IoSource : EventSource
{
    private readonly Action? _plain;
    private readonly Action<IoEvents>? _handler;
    private IoEvents _events;
    private bool _registered;

    internal IoSource(EventLoop loop, int fd, IoEvents events, Action? plain, Action<IoEvents>? handler, int priority)
        : base(loop, priority)
    {
        Fd = fd;
        _plain = plain;
        _handler = handler;
        Slot = loop.Slots.Add(this);
        Events = events;
    }

    /// <summary>What to wait for; None pauses the source altogether, hang-ups and errors included.</summary>
    public IoEvents Events
    {
        get => _events;
        set
        {
            if (value == _events || IsDisposed)
            {
                return;
            }

            Register(value);
            _events = value;
        }
    }

    internal int Fd { get; }

    internal ulong Slot { get; }

    /// <summary>What epoll reported and the handler has not been told.</summary>
    internal IoEvents Returned { get; set; }

    internal override void Dispatch()
    {
        var events = Returned;
        Returned = IoEvents.None;
        if (events == IoEvents.None || _events == IoEvents.None)
        {
            return;
        }

        _plain?.Invoke();
        _handler?.Invoke(events);
    }

    protected override void Unsubscribe()
    {
        Register(IoEvents.None);
        Loop.Slots.Remove(Slot);
    }

    private void Register(IoEvents value)
    {
        if (value == IoEvents.None)
        {
            if (_registered)
            {
                Loop.Epoll.Delete(Fd);
            }

            _registered = false;
            Returned = IoEvents.None;
            return;
        }

        (_registered ? Loop.Epoll.Modify(Fd, value, Slot) : Loop.Epoll.Add(Fd, value, Slot)).OrThrow("epoll_ctl");
        _registered = true;
    }
}
