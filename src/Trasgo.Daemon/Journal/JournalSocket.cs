using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>One entry a datagram to the journal, or one sealed memory file for an entry that no datagram can hold.</summary>
internal sealed unsafe class JournalSocket(string path, TimeSpan timeout) : IDisposable
{
    /// <summary>What the socket asks the kernel to hold; net.core.wmem_max may allow less, and then more entries go by memory file.</summary>
    private const int SendBuffer = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly byte[] _address = LogSocket.UnixAddress(path);
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

        int result = SendDatagram(socket, entry, -1);
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
            if (_socket is null && (_socket = LogSocket.Create(LogLibc.AddressFamilyUnix, LogLibc.SocketDatagram, timeout, out error)) is not null)
            {
                int size = SendBuffer;
                _ = LogLibc.setsockopt(_socket, LogLibc.LevelSocket, LogLibc.OptionSendBuffer, &size, sizeof(int));
            }

            return _socket;
        }
    }

    /// <summary>The journal takes a file only if nobody can change it any more: it maps what it reads.</summary>
    private int SendFile(LogSocket socket, ReadOnlySpan<byte> entry)
    {
        fixed (byte* name = "journal-entry\0"u8)
        {
            using var file = new SafeFileHandle(LogLibc.memfd_create(name, LogLibc.MemoryCloseOnExec | LogLibc.MemoryAllowSealing), ownsHandle: true);
            if (file.IsInvalid)
            {
                return Marshal.GetLastPInvokeError();
            }

            int error = LogFile.Write(file, entry);
            if (error != Errno.None)
            {
                return error;
            }

            if (LogLibc.fcntl(file, LogLibc.AddSeals, LogLibc.AllSeals) < 0)
            {
                return Marshal.GetLastPInvokeError();
            }

            bool held = false;
            try
            {
                file.DangerousAddRef(ref held);
                return SendDatagram(socket, [], (int)file.DangerousGetHandle());
            }
            finally
            {
                if (held)
                {
                    file.DangerousRelease();
                }
            }
        }
    }

    private int SendDatagram(LogSocket socket, ReadOnlySpan<byte> entry, int file)
    {
        LogDescriptorControl control = new()
        {
            Length = (nuint)(sizeof(LogDescriptorControl) - sizeof(int)),
            Level = LogLibc.LevelSocket,
            Type = LogLibc.ControlRights,
            Descriptor = file,
        };
        fixed (byte* address = _address)
        fixed (byte* bytes = entry)
        {
            LogVector vector = new() { Base = bytes, Length = (nuint)entry.Length };
            LogMessageHeader message = new()
            {
                Address = address,
                AddressLength = (uint)_address.Length,
                Vectors = &vector,
                VectorCount = entry.IsEmpty ? 0u : 1u,
                Control = file >= 0 ? &control : null,
                ControlLength = file >= 0 ? (nuint)sizeof(LogDescriptorControl) : 0,
            };
            while (true)
            {
                if (LogLibc.sendmsg(socket, &message, LogLibc.SendNoSignal | (_isStuck ? LogLibc.SendDontWait : 0)) >= 0)
                {
                    _isStuck = false;
                    return Errno.None;
                }

                int error = Marshal.GetLastPInvokeError();
                if (error != Errno.EINTR)
                {
                    // Whoever waited in vain once does not make every other message wait as well.
                    _isStuck = error == Errno.EAGAIN;
                    return error;
                }
            }
        }
    }
}
