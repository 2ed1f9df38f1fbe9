using System.Runtime.InteropServices;
using System.Text;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>
/// Datagrams to the manager. A socket is made for each: they are few, and a descriptor that is kept would have to survive whatever the
/// daemon does with its descriptors.
/// </summary>
internal sealed unsafe class NotifySocket
{
    public const int MostDescriptors = 253;

    private readonly string _name;
    private readonly UnixAddress _address;
    private readonly uint _addressLength;

    public NotifySocket(string name)
    {
        _name = name;
        byte[] path = Encoding.UTF8.GetBytes(name);
        if (path[0] is not ((byte)'/' or (byte)'@') || path.Length == 1)
        {
            throw new DaemonException($"{ServiceNotifier.AddressVariable} is neither an absolute path nor an abstract name: {name}", Errno.EAFNOSUPPORT);
        }

        if (path.Length > UnixAddress.PathSize)
        {
            throw new DaemonException($"{ServiceNotifier.AddressVariable} is longer than {UnixAddress.PathSize} bytes: {name}");
        }

        if (path[0] == '@')
        {
            path[0] = 0;
        }

        _address.Family = AF_UNIX;
        for (int i = 0; i < path.Length; i++)
        {
            _address.Path[i] = path[i];
        }

        _addressLength = (uint)(sizeof(ushort) + path.Length);
    }

    public void Send(string state, IReadOnlyList<SafeHandle> descriptors)
    {
        int fd = Libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
        {
            throw DaemonException.Last("cannot make a socket for notifications");
        }

        int held = 0;
        try
        {
            int[] numbers = new int[descriptors.Count];
            for (; held < numbers.Length; held++)
            {
                bool isHeld = false;
                descriptors[held].DangerousAddRef(ref isHeld);
                numbers[held] = (int)descriptors[held].DangerousGetHandle();
            }

            Send(fd, Encoding.UTF8.GetBytes(state), numbers);
        }
        finally
        {
            while (held > 0)
            {
                descriptors[--held].DangerousRelease();
            }

            _ = Libc.close(fd);
        }
    }

    private void Send(int fd, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> numbers)
    {
        var address = _address;
        var message = new MessageHeader { Name = &address, NameLength = _addressLength, VectorCount = 1 };
        byte* control = stackalloc byte[sizeof(ControlHeader) + (MostDescriptors * sizeof(int)) + sizeof(nuint)];
        if (numbers.Length > 0)
        {
            *(ControlHeader*)control = new() { Length = (nuint)(sizeof(ControlHeader) + (numbers.Length * sizeof(int))), Level = SOL_SOCKET, Type = SCM_RIGHTS };
            numbers.CopyTo(new Span<int>(control + sizeof(ControlHeader), numbers.Length));
            message.Control = control;
            message.ControlLength = (((ControlHeader*)control)->Length + 7) & ~(nuint)7;
        }

        fixed (byte* start = bytes)
        {
            var vector = new IoVector { Base = start, Length = (nuint)bytes.Length };
            message.Vectors = &vector;
            nint sent;
            do
            {
                sent = Libc.sendmsg(fd, &message, MSG_NOSIGNAL);
            }
            while (sent < 0 && Errno.Last == Errno.EINTR);
            if (sent < 0)
            {
                throw DaemonException.Last($"cannot notify {_name}");
            }
        }
    }
}
