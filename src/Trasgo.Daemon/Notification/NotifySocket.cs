using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>
/// Datagrams to the manager. A socket is made for each: they are few, and a descriptor that is kept would have to survive whatever the
/// daemon does with its descriptors.
/// </summary>
internal sealed class NotifySocket
{
    private readonly string _name;
    private readonly byte[] _address;

    public NotifySocket(string name)
    {
        if (name is not ['/' or '@', _, ..])
        {
            throw new DaemonException($"{ServiceNotifier.AddressVariable} is neither an absolute path nor an abstract name: {name}", Errno.EAFNOSUPPORT);
        }

        if (Encoding.UTF8.GetByteCount(name) > UnixSocketAddress.PathSize)
        {
            throw new DaemonException($"{ServiceNotifier.AddressVariable} is longer than {UnixSocketAddress.PathSize} bytes: {name}");
        }

        _name = name;
        _address = UnixSocketAddress.Of(name);
    }

    public void Send(string state, IReadOnlyList<SafeHandle> descriptors)
    {
        int fd = Libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
        {
            throw DaemonException.Last("cannot make a socket for notifications");
        }

        using var socket = new SafeFileHandle(fd, ownsHandle: true);
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

            int error = SocketMessage.Send(socket, _address, Encoding.UTF8.GetBytes(state), numbers);
            if (error != Errno.None)
            {
                throw new DaemonException($"cannot notify {_name}", error);
            }
        }
        finally
        {
            while (held > 0)
            {
                descriptors[--held].DangerousRelease();
            }
        }
    }
}
