using System.Net.Sockets;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>Accepts from several listening sockets until the end. Other processes may accept from the same sockets.</summary>
internal sealed unsafe class Acceptor : IDisposable
{
    /// <summary>With no descriptor free, accept(2) fails and the connection stays in the queue: asking again at once would only burn time.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly SocketWaiter _waiter;
    private readonly Action<Exception>? _onError;

    public Acceptor(IReadOnlyList<Socket> listeners, Action<Exception>? onError, CancellationToken stop)
    {
        _waiter = new SocketWaiter(listeners, stop);
        _onError = onError;
        foreach (var listener in listeners)
        {
            // Somebody else may take the connection between poll and accept.
            DescriptorCalls.SetNonBlocking((int)listener.Handle, on: true);
        }
    }

    /// <summary>The next connection; null once the end has come.</summary>
    public Socket? Accept()
    {
        while (_waiter.Next(Timeout.InfiniteTimeSpan) is { } listener)
        {
            if (TryAccept((int)listener.Handle) is { } connection)
            {
                return connection;
            }
        }

        return null;
    }

    public void Dispose() => _waiter.Dispose();

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
