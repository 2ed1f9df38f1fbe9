namespace Trasgo.Linux;

/// <summary>
/// One timerfd. It only wakes the loop: which timers are due is read from the clock. The realtime one is set with
/// TFD_TIMER_CANCEL_ON_SET, so that a jump of the wall clock wakes it too, with ECANCELED (timerfd_create(2)).
/// </summary>
internal sealed unsafe class TimerDescriptor : IDisposable
{
    private const int NonBlockCloseOnExec = 0x80800;
    private const int AbsoluteTime = 1;
    private const int CancelOnSet = 2;

    private readonly Clock _clock;
    private readonly Action _jumped;
    private readonly Descriptor _fd;
    private readonly IoSource _source;
    private ulong _armed;

    private TimerDescriptor(EventLoop loop, Clock clock, Descriptor fd, Action jumped)
    {
        _clock = clock;
        _jumped = jumped;
        _fd = fd;
        _source = loop.OnReadable(_fd, OnExpired, EventPriority.Clock);
    }

    /// <summary>Alarm clocks are refused to whoever may not wake the system (EPERM), and where nothing could wake it (EOPNOTSUPP).</summary>
    public static Result<TimerDescriptor> Open(EventLoop loop, Clock clock, Action jumped)
    {
        var created = LastError.Owned(Libc.timerfd_create((int)clock, NonBlockCloseOnExec));
        return created.Ok ? new TimerDescriptor(loop, clock, created.Value, jumped) : created.Error;
    }

    public void Set(ulong deadline)
    {
        // A deadline of zero would disarm; years beyond what the kernel takes mean "only tell me of jumps".
        var value = Math.Clamp(deadline, 1, long.MaxValue / 1000);
        if (value == _armed)
        {
            return;
        }

        var specification = new TimerSpecification { Value = TimeSpecification.FromMicroseconds(value) };
        var flags = AbsoluteTime | (_clock == Clock.Realtime ? CancelOnSet : 0);
        if (Libc.timerfd_settime(_fd.Raw, flags, &specification, null) < 0 && LastError.Get() != Errno.ECANCELED)
        {
            throw new LinuxException("timerfd_settime", LastError.Get());
        }

        _armed = value;
    }

    public void Clear()
    {
        if (_armed != 0)
        {
            TimerSpecification none = default;
            _ = Libc.timerfd_settime(_fd.Raw, 0, &none, null);
            _armed = 0;
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _fd.Dispose();
    }

    private void OnExpired()
    {
        ulong count;
        var jumped = Libc.read(_fd.Raw, &count, sizeof(ulong)) < 0 && LastError.Get() == Errno.ECANCELED;
        _armed = 0;
        if (jumped)
        {
            _jumped();
        }
    }
}
