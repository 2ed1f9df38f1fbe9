using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>Waits on several listening sockets at once, and for the end. Other processes may accept from the same sockets.</summary>
internal sealed unsafe class Acceptor : IDisposable
{
    /// <summary>With no descriptor free, accept(2) fails and the connection stays in the queue: asking again at once would only burn time.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly IReadOnlyList<Socket> _listeners;
    private readonly Action<Exception>? _onError;
    private readonly SafeFileHandle _end;
    private readonly SafeFileHandle _isEnd;
    private readonly CancellationTokenRegistration _registration;
    private int _next;

    public Acceptor(IReadOnlyList<Socket> listeners, Action<Exception>? onError, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(listeners);
        ArgumentOutOfRangeException.ThrowIfZero(listeners.Count);
        _listeners = listeners;
        _onError = onError;
        foreach (var listener in listeners)
        {
            // Somebody else may take the connection between poll and accept.
            DescriptorCalls.SetNonBlocking((int)listener.Handle, on: true);
        }

        (_isEnd, _end) = DescriptorCalls.Pipe();
        _registration = stop.Register(() => DescriptorCalls.Write((int)_end.DangerousGetHandle(), [1]));
    }

    /// <summary>The next connection; null once the end has come.</summary>
    public Socket? Accept()
    {
        Span<PollDescriptor> waiting = stackalloc PollDescriptor[_listeners.Count + 1];
        while (true)
        {
            for (int i = 0; i < _listeners.Count; i++)
            {
                waiting[i] = new() { Fd = (int)_listeners[i].Handle, Events = PollDescriptor.In };
            }

            waiting[^1] = new() { Fd = (int)_isEnd.DangerousGetHandle(), Events = PollDescriptor.In };
            DescriptorCalls.Poll(waiting, Timeout.InfiniteTimeSpan);
            if (waiting[^1].Returned != 0)
            {
                return null;
            }

            // Each listener has its turn first, so that a busy one cannot starve the others.
            _next = (_next + 1) % _listeners.Count;
            for (int i = 0; i < _listeners.Count; i++)
            {
                int index = (_next + i) % _listeners.Count;
                if (waiting[index].Returned != 0 && TryAccept(waiting[index].Fd) is { } connection)
                {
                    return connection;
                }
            }
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _end.Dispose();
        _isEnd.Dispose();
    }

    private Socket? TryAccept(int listener)
    {
        int fd = Libc.accept4(listener, null, null, SOCK_CLOEXEC);
        if (fd >= 0)
        {
            return new Socket(new SafeSocketHandle(fd, ownsHandle: true));
        }

        switch (Errno.Last)
        {
            // Taken by another process, or gone before anybody came; errors of the network that Linux passes on, see accept(2).
            case Errno.EAGAIN or Errno.EINTR or Errno.ECONNABORTED:
                return null;
            case Errno.EMFILE or Errno.ENFILE or Errno.ENOBUFS or Errno.ENOMEM:
                _onError?.Invoke(DaemonException.Last("cannot accept a connection"));
                Thread.Sleep(s_pause);
                return null;
            case Errno.EBADF or Errno.EINVAL or Errno.ENOTSOCK:
                throw DaemonException.Last("cannot accept connections");
            default:
                _onError?.Invoke(DaemonException.Last("a connection was lost before it was accepted"));
                return null;
        }
    }
}
