using System.Runtime.InteropServices;
using System.Text;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>struct sockaddr_un, see unix(7).</summary>
internal static class UnixSocketAddress
{
    /// <summary>sizeof(sun_path). A path of that length has no zero byte behind it, which the kernel takes.</summary>
    public const int PathSize = 108;

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
