using Trasgo.Linux;

namespace Trasgo.Bus.Transport;

/// <summary>A non-blocking stream socket between us and one peer, or the one that listens for them.</summary>
internal sealed class BusSocket(Descriptor handle) : IDisposable
{
    public Descriptor Handle { get; } = handle;

    public static Result<BusSocket> Listen(string path, uint mode) => Wrap(UnixSocket.Listen(path, SocketType.Stream, mode));

    public static (BusSocket First, BusSocket Second) Pair()
    {
        var (first, second) = UnixSocket.Pair(SocketType.Stream).OrThrow("socketpair");
        return (new BusSocket(first), new BusSocket(second));
    }

    public Result<BusSocket> TryAccept() => Wrap(UnixSocket.Accept(Handle));

    public Result<PeerCredentials> PeerCredentials() => UnixSocket.Peer(Handle);

    /// <summary>Appends the descriptors that came along, which are the caller's then.</summary>
    public Result<int> TryReceive(Span<byte> buffer, List<Descriptor> descriptors)
    {
        var received = UnixSocket.Receive(Handle, buffer);
        if (!received.Ok)
        {
            return received.Error;
        }

        descriptors.AddRange(received.Value.Descriptors);

        // Whoever sends more than the kernel's maximum, or more than we have room for, would be out of step with its messages.
        return received.Value.IsControlTruncated ? Errno.EBADMSG : received.Value.Length;
    }

    public Result<int> TrySend(ReadOnlySpan<byte> bytes, List<Descriptor> descriptors) =>
        UnixSocket.Send(Handle, bytes, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(descriptors));

    public void Dispose() => Handle.Dispose();

    private static Result<BusSocket> Wrap(Result<Descriptor> socket) => socket.Ok ? new BusSocket(socket.Value) : socket.Error;
}
