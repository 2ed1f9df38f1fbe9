using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Trasgo.Daemon.Tests.Peers;

/// <summary>A socket like the journal's: shows the bytes of a datagram, and the file that came with it.</summary>
internal sealed unsafe partial class JournalReceiver : IDisposable
{
    private const int GetSeals = 1034;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };

    public JournalReceiver(string path)
    {
        File.Delete(path);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    /// <summary>What came, and whether it came in a file. The file has to be sealed as the journal demands it.</summary>
    public (byte[] Bytes, bool IsFile) Receive()
    {
        byte[] buffer = new byte[1 << 20];
        nint* control = stackalloc nint[8];
        nint received;
        nuint controlLength;
        fixed (byte* bytes = buffer)
        {
            IoVector vector = new() { Base = bytes, Length = (nuint)buffer.Length };
            MessageHeader message = new() { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = 64 };
            received = recvmsg((int)_socket.Handle, &message, 0);
            controlLength = message.ControlLength;
        }

        Assert.True(received >= 0, Marshal.GetLastPInvokeErrorMessage());
        if (controlLength == 0)
        {
            return (buffer[..(int)received], false);
        }

        Assert.Equal(0, received);
        int descriptor = *(int*)((byte*)control + sizeof(ControlHeader));
        Assert.Equal(FileConstants.F_ALL_SEALS, fcntl(descriptor, GetSeals, 0));
        byte[] content = File.ReadAllBytes($"/proc/self/fd/{descriptor}");
        _ = Libc.close(descriptor);
        return (content, true);
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(int fd, MessageHeader* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int fd, int command, int argument);
}
