namespace Trasgo.Linux;

/// <summary>The kernel's audit system.</summary>
internal static class AuditSocket
{
    private const int Netlink = 16;
    private const int Raw = 3;
    private const int NonBlockCloseOnExec = 0x80800;
    private const int Audit = 9;

    /// <summary>
    /// False without audit in the kernel, without the privilege, and in a user namespace other than the first, where the
    /// kernel refuses every request.
    /// </summary>
    public static bool IsUsable()
    {
        var opened = LastError.Owned(Libc.socket(Netlink, Raw | NonBlockCloseOnExec, Audit));
        if (!opened.Ok)
        {
            return opened.Error is not (Errno.EAFNOSUPPORT or Errno.EPROTONOSUPPORT or Errno.EPERM);
        }

        using var socket = opened.Value;
        return TryGetFeatures(socket) != Errno.ECONNREFUSED;
    }

    /// <summary>Asks for AUDIT_GET_FEATURE. The kernel has answered by the time the request is sent, so nothing is waited for.</summary>
    private static unsafe Errno TryGetFeatures(Descriptor socket)
    {
        const int HeaderSize = 16;
        const int AnswerSize = 36;

        // struct nlmsghdr: length, type, flags NLM_F_REQUEST|NLM_F_ACK, sequence, port; in the answer the error follows.
        var buffer = stackalloc byte[AnswerSize];
        *(uint*)buffer = HeaderSize;
        *(ushort*)(buffer + 4) = 1019;
        *(ushort*)(buffer + 6) = 5;
        var vector = new IoVector { Base = buffer, Length = HeaderSize };
        var message = new MessageHeader { Vectors = &vector, VectorCount = 1 };
        var error = LastError.Of(Libc.sendmsg(socket.Raw, &message, 0));
        if (error != Errno.None)
        {
            return error;
        }

        vector.Length = AnswerSize;
        error = LastError.Of(Libc.recvmsg(socket.Raw, &message, 0));
        return error != Errno.None ? error : (Errno)(-*(int*)(buffer + HeaderSize));
    }
}
