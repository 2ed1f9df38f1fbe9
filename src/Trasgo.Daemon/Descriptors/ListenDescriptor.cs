using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>
/// One descriptor that was passed to this process. It is closed with its <see cref="ListenDescriptors"/> unless <see cref="ToSocket"/> or
/// <see cref="ToHandle"/> has handed it over.
/// </summary>
public sealed class ListenDescriptor
{
    private SafeFileHandle? _handle;

    internal ListenDescriptor(string name, SafeFileHandle handle)
    {
        Name = name;
        Number = (int)handle.DangerousGetHandle();
        _handle = handle;
    }

    /// <summary>Its name in <c>$LISTEN_FDNAMES</c>, "unknown" without that variable; see sd_listen_fds_with_names(3).</summary>
    public string Name { get; }

    /// <summary>The number of the descriptor, from 3 on.</summary>
    public int Number { get; }

    /// <summary>Has it been handed over, or closed?</summary>
    public bool IsTaken => _handle is null;

    /// <summary>Is it a socket, and such a socket? See sd_is_socket(3).</summary>
    /// <param name="family">The address family it must have, or null for any.</param>
    /// <param name="type">The type it must have, or null for any.</param>
    /// <param name="listening">True: it must accept connections; false: it must not; null: either.</param>
    /// <returns>False also if it has been taken over.</returns>
    public bool IsSocket(AddressFamily? family = null, SocketType? type = null, bool? listening = null) =>
        _handle is { } handle && DescriptorKind.IsSocket((int)handle.DangerousGetHandle(), family, type, listening);

    /// <summary>Is it a socket of IPv4 or IPv6, and such a socket? See sd_is_socket_inet(3).</summary>
    /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>, or null for either.</param>
    /// <param name="type">The type it must have, or null for any.</param>
    /// <param name="listening">True: it must accept connections; false: it must not; null: either.</param>
    /// <param name="port">The local port it must be bound to, 1 to 65535; 0 for any.</param>
    /// <returns>False also if it has been taken over.</returns>
    public bool IsInternetSocket(AddressFamily? family = null, SocketType? type = null, bool? listening = null, int port = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        return _handle is { } handle && DescriptorKind.IsInternetSocket((int)handle.DangerousGetHandle(), family, type, listening, port);
    }

    /// <summary>Is it a socket of IPv4 or IPv6 that is bound to an address? See sd_is_socket_sockaddr(3).</summary>
    /// <param name="local">The local address and port. Port 0 stands for any; so does an IPv6 address without a scope for that address in any scope.</param>
    /// <param name="type">The type it must have, or null for any.</param>
    /// <param name="listening">True: it must accept connections; false: it must not; null: either.</param>
    /// <returns>False also if it has been taken over.</returns>
    public bool IsBoundTo(IPEndPoint local, SocketType? type = null, bool? listening = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        return _handle is { } handle && DescriptorKind.IsBoundTo((int)handle.DangerousGetHandle(), local, type, listening);
    }

    /// <summary>Is it a socket of the local machine, and such a socket? See sd_is_socket_unix(3) and unix(7).</summary>
    /// <param name="type">The type it must have, or null for any.</param>
    /// <param name="listening">True: it must accept connections; false: it must not; null: either.</param>
    /// <param name="path">The path it must be bound to, <c>@NAME</c> for one of the abstract name space, empty for one without a name; null for any.</param>
    /// <returns>False also if it has been taken over.</returns>
    public bool IsUnixSocket(SocketType? type = null, bool? listening = null, string? path = null) =>
        _handle is { } handle && DescriptorKind.IsUnixSocket((int)handle.DangerousGetHandle(), type, listening, path);

    /// <summary>Is it a named or unnamed pipe? See sd_is_fifo(3).</summary>
    /// <param name="path">The FIFO it must be, or null for any.</param>
    /// <returns>False also if it has been taken over.</returns>
    public bool IsFifo(string? path = null) => _handle is { } handle && DescriptorKind.IsFifo((int)handle.DangerousGetHandle(), path);

    /// <summary>Is it a device of characters or a plain file, as <c>ListenSpecial=</c> of systemd.socket(5) opens them? See sd_is_special(3).</summary>
    /// <param name="path">The device or file it must be, or null for any. Two names of one device are the same.</param>
    /// <returns>False also if it has been taken over.</returns>
    public bool IsSpecial(string? path = null) => _handle is { } handle && DescriptorKind.IsSpecial((int)handle.DangerousGetHandle(), path);

    /// <summary>Is it a POSIX message queue? See sd_is_mq(3) and mq_overview(7).</summary>
    /// <param name="name">The name of the queue with its slash, as in <c>/requests</c>; it is looked for in <c>/dev/mqueue/</c>. Null for any.</param>
    /// <returns>False also if it has been taken over.</returns>
    public bool IsMessageQueue(string? name = null) => _handle is { } handle && DescriptorKind.IsMessageQueue((int)handle.DangerousGetHandle(), name);

    /// <summary>Takes it over as a <see cref="Socket"/>, listening or connected as it is.</summary>
    /// <returns>The socket, now the caller's to dispose.</returns>
    /// <exception cref="DaemonException">It is no socket (ENOTSOCK).</exception>
    /// <exception cref="InvalidOperationException">It has been taken over before.</exception>
    public Socket ToSocket()
    {
        if (!IsTaken && !IsSocket())
        {
            throw new DaemonException($"descriptor {Number} ({Name}) cannot be listened on", Errno.ENOTSOCK);
        }

        using var handle = ToHandle();
        var owner = new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return new Socket(owner);
    }

    /// <summary>Takes it over as it is: for <see cref="FileStream"/>, or for calls of one's own.</summary>
    /// <returns>The descriptor, now the caller's to dispose.</returns>
    /// <exception cref="InvalidOperationException">It has been taken over before.</exception>
    public SafeFileHandle ToHandle() =>
        Interlocked.Exchange(ref _handle, null) ?? throw new InvalidOperationException($"Descriptor {Number} has been taken over before.");

    internal void Close() => Interlocked.Exchange(ref _handle, null)?.Dispose();
}
