namespace Trasgo.Linux;

/// <summary>A received signal: who sent it and with what.</summary>
internal readonly record struct SignalInfo(int Signo, int Pid, uint Uid, int Code, int Status, int Int);

/// <summary>One signal, taken from a signalfd.</summary>
internal sealed class SignalSource : EventSource
{
    private readonly SignalGroup _group;
    private readonly Action<SignalInfo> _handler;

    internal SignalSource(EventLoop loop, SignalGroup group, int signo, Action<SignalInfo> handler, int priority)
        : base(loop, priority)
    {
        _group = group;
        Signo = signo;
        _handler = handler;
        group.Add(this);
    }

    public int Signo { get; }

    internal void Deliver(SignalInfo info) => _handler(info);

    internal override void Dispatch()
    {
    }

    protected override void Unsubscribe() => _group.Remove(this);
}

/// <summary>The signals of one priority share a signalfd. A signal stays blocked after its source is gone: unblocking could kill us.</summary>
internal sealed unsafe class SignalGroup : IDisposable
{
    private const int NonBlockCloseOnExec = 0x80800;
    private const int Batch = 16;

    private readonly SignalSource?[] _sources = new SignalSource?[SignalSet.Count + 1];
    private readonly EventLoop _loop;
    private SignalSet _set;
    private Descriptor? _fd;
    private IoSource? _source;

    public SignalGroup(EventLoop loop, int priority)
    {
        _loop = loop;
        Priority = priority;
    }

    public int Priority { get; }

    public void Add(SignalSource source)
    {
        _sources[source.Signo] = source;
        _set = _set.With(source.Signo);
        Signals.Block(_set);
        Update();
    }

    public void Remove(SignalSource source)
    {
        if (ReferenceEquals(_sources[source.Signo], source))
        {
            _sources[source.Signo] = null;
            _set = _set.Without(source.Signo);
            Update();
        }
    }

    public void Dispose()
    {
        _source?.Dispose();
        _fd?.Dispose();
    }

    private void Update()
    {
        var bits = _set.Bits;
        var fd = LastError.Value(Libc.signalfd(_fd?.Raw ?? -1, &bits, NonBlockCloseOnExec)).OrThrow("signalfd");
        if (_fd is null)
        {
            _fd = Descriptor.Adopt(fd);
            _source = _loop.OnReadable(_fd, OnSignals, Priority);
        }
    }

    private void OnSignals()
    {
        var infos = stackalloc SignalDescriptorInfo[Batch];
        var read = Libc.read(_fd!.Raw, infos, (nuint)(Batch * sizeof(SignalDescriptorInfo)));
        for (var i = 0; i < (int)read / sizeof(SignalDescriptorInfo); i++)
        {
            ref var info = ref infos[i];
            var signal = new SignalInfo((int)info.Signo, (int)info.Pid, info.Uid, info.Code, info.Status, info.Int);
            if (signal.Signo <= SignalSet.Count)
            {
                _sources[signal.Signo]?.Deliver(signal);
            }
        }
    }
}
