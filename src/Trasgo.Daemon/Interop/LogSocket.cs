using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

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
        int fd = LogLibc.socket(family, type | LogLibc.SocketCloseOnExec, 0);
        if (fd < 0)
        {
            errno = Marshal.GetLastPInvokeError();
            return null;
        }

        errno = Errno.None;
        var socket = new LogSocket(fd);
        long microseconds = Math.Max(1, (long)timeout.TotalMicroseconds);
        LogTimeout value = new() { Seconds = (nint)(microseconds / 1_000_000), Microseconds = (nint)(microseconds % 1_000_000) };

        // socket(7): the time-out holds for connect(2) too.
        _ = LogLibc.setsockopt(socket, LogLibc.LevelSocket, LogLibc.OptionSendTimeout, &value, (uint)sizeof(LogTimeout));
        return socket;
    }

    /// <summary>struct sockaddr_un of a path, or of a name in the abstract name space where it starts with @.</summary>
    public static byte[] UnixAddress(string path)
    {
        byte[] name = Encoding.UTF8.GetBytes(path);
        bool isAbstract = name is [(byte)'@', ..];
        byte[] address = new byte[2 + name.Length + (isAbstract ? 0 : 1)];
        MemoryMarshal.Write(address, (ushort)LogLibc.AddressFamilyUnix);
        name.CopyTo(address, 2);
        if (isAbstract)
        {
            address[2] = 0;
        }

        return address;
    }

    public int Connect(ReadOnlySpan<byte> address)
    {
        fixed (byte* bytes = address)
        {
            int result;
            do
            {
                result = LogLibc.connect(this, bytes, (uint)address.Length);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
            return result < 0 ? Marshal.GetLastPInvokeError() : Errno.None;
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
                nint result = LogLibc.send(this, bytes + sent, (nuint)(data.Length - sent), LogLibc.SendNoSignal | (wait ? 0 : LogLibc.SendDontWait));
                if (result >= 0)
                {
                    sent += (int)result;
                }
                else if (Marshal.GetLastPInvokeError() is var error and not Errno.EINTR)
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
        nint result = LogLibc.recv(this, &ignored, 1, LogLibc.ReceivePeek | LogLibc.SendDontWait);
        return result == 0 || (result < 0 && Marshal.GetLastPInvokeError() is not (Errno.EAGAIN or Errno.EINTR));
    }

    /// <summary>Hands the descriptor over to a new owner.</summary>
    public SafeFileHandle Release()
    {
        var owner = new SafeFileHandle(handle, ownsHandle: true);
        SetHandleAsInvalid();
        return owner;
    }

    protected override bool ReleaseHandle() => LogLibc.close((int)handle) == 0;
}
