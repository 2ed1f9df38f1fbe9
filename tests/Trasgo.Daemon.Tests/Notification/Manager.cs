using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon.Tests.Notification;

/// <summary>The manager's side of the protocol: a socket that shows what comes, with descriptors.</summary>
internal sealed unsafe partial class Manager : IDisposable
{
    private const int DontWait = 0x40;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    /// <summary>A path, or an abstract name with @ in front.</summary>
    public Manager(string address) => _socket.Bind(new UnixDomainSocketEndPoint(address[0] == '@' ? '\0' + address[1..] : address));

    /// <summary>The next datagram; null if none comes in time.</summary>
    public string? Receive(int milliseconds = 10_000) => Receive(out _, milliseconds);

    public string? Receive(out SafeFileHandle[] descriptors, int milliseconds = 10_000)
    {
        descriptors = [];
        if (!_socket.Poll(milliseconds * 1000, SelectMode.SelectRead))
        {
            return null;
        }

        byte[] buffer = new byte[4096];
        nint* control = stackalloc nint[140];
        fixed (byte* start = buffer)
        {
            var vector = new IoVector { Base = start, Length = (nuint)buffer.Length };
            var message = new MessageHeader { Vectors = &vector, VectorCount = 1, Control = control, ControlLength = 140 * 8 };
            nint count = recvmsg((int)_socket.Handle, &message, DontWait);
            Assert.True(count >= 0, Marshal.GetLastPInvokeErrorMessage());
            if (message.ControlLength > 0)
            {
                int number = (int)(((ControlHeader*)control)->Length - (nuint)sizeof(ControlHeader)) / sizeof(int);
                int* first = (int*)((byte*)control + sizeof(ControlHeader));
                descriptors = new SafeFileHandle[number];
                for (int i = 0; i < number; i++)
                {
                    descriptors[i] = new SafeFileHandle(first[i], ownsHandle: true);
                }
            }

            return Encoding.UTF8.GetString(buffer, 0, (int)count);
        }
    }

    public void Dispose() => _socket.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(int fd, MessageHeader* message, int flags);
}
