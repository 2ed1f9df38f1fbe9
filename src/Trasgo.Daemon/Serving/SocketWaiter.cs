using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>Waits on several sockets at once, and for the end.</summary>
internal sealed class SocketWaiter : IDisposable
{
    private readonly IReadOnlyList<Socket> _sockets;
    private readonly SafeFileHandle _end;
    private readonly SafeFileHandle _isEnd;
    private readonly CancellationTokenRegistration _registration;
    private int _first;

    public SocketWaiter(IReadOnlyList<Socket> sockets, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        ArgumentOutOfRangeException.ThrowIfZero(sockets.Count);
        _sockets = sockets;
        (_isEnd, _end) = DescriptorCalls.Pipe();
        _registration = stop.Register(() => DescriptorCalls.Write((int)_end.DangerousGetHandle(), [1]));
    }

    /// <summary>A socket that has something; null at the end, and when nothing has come for so long. Each socket has its turn first, so that a busy one cannot starve the others.</summary>
    public Socket? Next(TimeSpan timeout)
    {
        Span<PollDescriptor> waiting = stackalloc PollDescriptor[_sockets.Count + 1];
        for (int i = 0; i < _sockets.Count; i++)
        {
            waiting[i] = new() { Fd = (int)_sockets[i].Handle, Events = PollDescriptor.In };
        }

        waiting[^1] = new() { Fd = (int)_isEnd.DangerousGetHandle(), Events = PollDescriptor.In };
        DescriptorCalls.Poll(waiting, timeout);
        for (int i = 0; i < _sockets.Count && waiting[^1].Returned == 0; i++)
        {
            int index = (_first + i) % _sockets.Count;
            if (waiting[index].Returned != 0)
            {
                _first = index + 1;
                return _sockets[index];
            }
        }

        return null;
    }

    public void Dispose()
    {
        _registration.Dispose();
        _end.Dispose();
        _isEnd.Dispose();
    }
}
