using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>A socket that only sends. What can be expected to go wrong comes back as errno; nothing throws.</summary>
internal sealed unsafe class LogSocket : SafeHandle
{
    private LogSocket(int fd)
        : base(-1, ownsHandle: true) => SetHandle(fd);

    public override bool IsInvalid => handle < 0;

    /// <summary>A socket without peer; null and errno if there can be none.</summary>
    public static LogSocket? Create(int family, int type, TimeSpan timeout, out int errno)
    {
        int fd = Libc.socket(family, type | SOCK_CLOEXEC, 0);
        if (fd < 0)
        {
            errno = Errno.Last;
            return null;
        }

        errno = Errno.None;
        var socket = new LogSocket(fd);
        long microseconds = Math.Max(1, (long)timeout.TotalMicroseconds);
        TimeValue value = new() { Seconds = (nint)(microseconds / 1_000_000), Microseconds = (nint)(microseconds % 1_000_000) };

        // socket(7): the time-out holds for connect(2) too.
        _ = Libc.setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &value, (uint)sizeof(TimeValue));
        return socket;
    }

    public int Connect(ReadOnlySpan<byte> address)
    {
        fixed (byte* bytes = address)
        {
            int result;
            do
            {
                result = Libc.connect(this, bytes, (uint)address.Length);
            }
            while (result < 0 && Errno.Last == Errno.EINTR);
            return result < 0 ? Errno.Last : Errno.None;
        }
    }

    /// <summary>Sends everything, or tells why not and how much went.</summary>
    public int Send(ReadOnlySpan<byte> data, bool wait, out int sent)
    {
        sent = 0;
        fixed (byte* bytes = data)
        {
            do
            {
                nint result = Libc.send(this, bytes + sent, (nuint)(data.Length - sent), MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
                if (result >= 0)
                {
                    sent += (int)result;
                }
                else if (Errno.Last is var error and not Errno.EINTR)
                {
                    return error;
                }
            }
            while (sent < data.Length);
        }

        return Errno.None;
    }

    /// <summary>
    /// Whether the other end of a stream has gone. The first send after that would still succeed, and its message be lost without a word.
    /// </summary>
    public bool PeerHasGone()
    {
        byte ignored;
        nint result = Libc.recv(this, &ignored, 1, MSG_PEEK | MSG_DONTWAIT);
        return result == 0 || (result < 0 && Errno.Last is not (Errno.EAGAIN or Errno.EINTR));
    }

    /// <summary>Hands the descriptor over to a new owner.</summary>
    public SafeFileHandle Release()
    {
        var owner = new SafeFileHandle(handle, ownsHandle: true);
        SetHandleAsInvalid();
        return owner;
    }

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
