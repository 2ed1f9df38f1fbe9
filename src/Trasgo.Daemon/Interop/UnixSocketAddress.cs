using System.Runtime.InteropServices;
using System.Text;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>struct sockaddr_un, see unix(7).</summary>
internal static class UnixSocketAddress
{
    /// <summary>sizeof(sun_path). A path of that length has no zero byte behind it, which the kernel takes.</summary>
    public const int PathSize = 108;

    /// <summary>A path that a socket can be bound to, whatever reads it: absolute, and with room for a zero byte.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void CheckPath(string path, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(path, parameter);
        if (path[0] != '/' || path.Contains('\0') || Encoding.UTF8.GetByteCount(path) >= PathSize)
        {
            throw new ArgumentException($"the path of a socket is absolute, without NUL, and has at most {PathSize - 1} bytes", parameter);
        }
    }

    /// <summary>Of a path, or of a name in the abstract name space where it begins with @; checked by the caller.</summary>
    public static byte[] Of(string name)
    {
        byte[] path = Encoding.UTF8.GetBytes(name);
        bool isAbstract = path is [(byte)'@', ..];
        byte[] address = new byte[sizeof(ushort) + path.Length + (isAbstract || path.Length >= PathSize ? 0 : 1)];
        MemoryMarshal.Write(address, (ushort)AF_UNIX);
        path.CopyTo(address, sizeof(ushort));
        if (isAbstract)
        {
            address[sizeof(ushort)] = 0;
        }

        return address;
    }
}
