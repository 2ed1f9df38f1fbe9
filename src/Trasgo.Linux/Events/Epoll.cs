using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>The epoll descriptor and its buffer; hides that x86-64 packs the structure and the others do not.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int Capacity = 64;
    private const int OpAdd = 1;
    private const int OpDelete = 2;
    private const int OpModify = 3;
    private const int CloseOnExec = 0x80000;

    private static readonly bool s_packed = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    private readonly Descriptor _epoll = LastError.Owned(Libc.epoll_create1(CloseOnExec)).OrThrow("epoll_create1");
    private byte* _buffer = (byte*)NativeMemory.Alloc((nuint)(Capacity * sizeof(EpollEventAligned)));

    public Errno Add(int fd, IoEvents events, ulong data) => Control(OpAdd, fd, events, data);

    public Errno Modify(int fd, IoEvents events, ulong data) => Control(OpModify, fd, events, data);

    public void Delete(int fd) => _ = Libc.epoll_ctl(_epoll.Raw, OpDelete, fd, null);

    /// <summary>Waits; the count of events that <see cref="Event"/> gives. A signal counts as no event.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        var count = Libc.epoll_wait(_epoll.Raw, _buffer, Capacity, timeoutMilliseconds);
        if (count >= 0)
        {
            return count;
        }

        var error = LastError.Get();
        return error == Errno.EINTR ? 0 : throw new LinuxException("epoll_wait", error);
    }

    public (IoEvents Events, ulong Data) Event(int index)
    {
        if (s_packed)
        {
            var packed = ((EpollEventPacked*)_buffer)[index];
            return ((IoEvents)packed.Events, packed.Data);
        }

        var aligned = ((EpollEventAligned*)_buffer)[index];
        return ((IoEvents)aligned.Events, aligned.Data);
    }

    public void Dispose()
    {
        _epoll.Dispose();
        NativeMemory.Free(_buffer);
        _buffer = null;
    }

    private Errno Control(int operation, int fd, IoEvents events, ulong data)
    {
        if (s_packed)
        {
            var packed = new EpollEventPacked { Events = (uint)events, Data = data };
            return LastError.Of(Libc.epoll_ctl(_epoll.Raw, operation, fd, &packed));
        }

        var aligned = new EpollEventAligned { Events = (uint)events, Data = data };
        return LastError.Of(Libc.epoll_ctl(_epoll.Raw, operation, fd, &aligned));
    }
}
