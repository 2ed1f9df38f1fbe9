using System.Runtime.InteropServices;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>sendmsg(2) to an address, with open descriptors: SCM_RIGHTS of unix(7).</summary>
internal static unsafe class SocketMessage
{
    /// <summary>SCM_MAX_FD of the kernel.</summary>
    public const int MostDescriptors = 253;

    /// <summary>Sends one datagram.</summary>
    /// <param name="socket">A socket for datagrams.</param>
    /// <param name="address">Whom to, as struct sockaddr.</param>
    /// <param name="bytes">What.</param>
    /// <param name="descriptors">At most <see cref="MostDescriptors"/>; they are held open by the caller.</param>
    /// <param name="flags">Of sendmsg(2), beside MSG_NOSIGNAL.</param>
    /// <returns>0 or errno.</returns>
    public static int Send(SafeHandle socket, ReadOnlySpan<byte> address, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> descriptors, int flags = 0)
    {
        byte* control = stackalloc byte[sizeof(ControlHeader) + (MostDescriptors * sizeof(int)) + sizeof(nuint)];
        fixed (byte* name = address)
        fixed (byte* start = bytes)
        {
            var vector = new IoVector { Base = start, Length = (nuint)bytes.Length };
            var message = new MessageHeader { Name = name, NameLength = (uint)address.Length, Vectors = &vector, VectorCount = bytes.IsEmpty ? 0u : 1u };
            if (descriptors.Length > 0)
            {
                nuint length = (nuint)(sizeof(ControlHeader) + (descriptors.Length * sizeof(int)));
                *(ControlHeader*)control = new() { Length = length, Level = SOL_SOCKET, Type = SCM_RIGHTS };
                descriptors.CopyTo(new Span<int>(control + sizeof(ControlHeader), descriptors.Length));
                message.Control = control;
                message.ControlLength = (length + 7) & ~(nuint)7;
            }

            while (Libc.sendmsg(socket, &message, flags | MSG_NOSIGNAL) < 0)
            {
                if (Errno.Last is var error and not Errno.EINTR)
                {
                    return error;
                }
            }

            return Errno.None;
        }
    }
}
