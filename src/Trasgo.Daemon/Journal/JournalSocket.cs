using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.FileConstants;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>One entry a datagram to the journal, or one sealed memory file for an entry that no datagram can hold.</summary>
internal sealed unsafe class JournalSocket(string path, TimeSpan timeout) : IDisposable
{
    /// <summary>What the socket asks the kernel to hold; net.core.wmem_max may allow less, and then more entries go by memory file.</summary>
    private const int SendBuffer = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly byte[] _address = UnixSocketAddress.Of(path);
    private LogSocket? _socket;
    private bool _disposed;
    private bool _isStuck;

    public int Send(ReadOnlySpan<byte> entry)
    {
        var socket = Opened(out int error);
        if (socket is null)
        {
            return error;
        }

        int result = SendDatagram(socket, entry);
        return result is Errno.EMSGSIZE or Errno.ENOBUFS ? SendFile(socket, entry) : result;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _socket?.Dispose();
        }
    }

    private LogSocket? Opened(out int error)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            error = Errno.None;
            if (_socket is null && (_socket = LogSocket.Create(AF_UNIX, SOCK_DGRAM, timeout, out error)) is not null)
            {
                int size = SendBuffer;
                _ = Libc.setsockopt(_socket, SOL_SOCKET, SO_SNDBUF, &size, sizeof(int));
            }

            return _socket;
        }
    }

    /// <summary>The journal takes a file only if nobody can change it any more: it maps what it reads.</summary>
    private int SendFile(LogSocket socket, ReadOnlySpan<byte> entry)
    {
        using var file = new SafeFileHandle(Libc.memfd_create("journal-entry", MFD_CLOEXEC | MFD_ALLOW_SEALING), ownsHandle: true);
        if (file.IsInvalid || !DescriptorCalls.Write(file, entry) || Libc.fcntl_seal(file, F_ADD_SEALS, F_ALL_SEALS) < 0)
        {
            return Errno.Last;
        }

        int error = SendDatagram(socket, [], (int)file.DangerousGetHandle());
        GC.KeepAlive(file);
        return error;
    }

    private int SendDatagram(LogSocket socket, ReadOnlySpan<byte> entry, params ReadOnlySpan<int> descriptors)
    {
        // Whoever waited in vain once does not make every other message wait as well.
        int error = SocketMessage.Send(socket, _address, entry, descriptors, _isStuck ? MSG_DONTWAIT : 0);
        _isStuck = error == Errno.EAGAIN;
        return error;
    }
}
