using Trasgo.Bus.Client;
using Trasgo.Bus.Transport;
using Trasgo.Linux;

namespace Trasgo.Bus.Tests.Server;

/// <summary>A client's stream that runs the server's loop while it waits: both ends live in one thread.</summary>
internal sealed class PumpingTransport(EventLoop loop, BusSocket socket) : IBusTransport
{
    public Errno Send(ReadOnlySpan<byte> bytes, IReadOnlyList<Descriptor> descriptors)
    {
        while (!bytes.IsEmpty)
        {
            var sent = socket.TrySend(bytes, [.. descriptors]);
            if (sent.Error == Errno.EAGAIN)
            {
                loop.RunOnce(0);
                continue;
            }

            if (!sent.Ok)
            {
                return sent.Error;
            }

            bytes = bytes[sent.Value..];
            descriptors = [];
        }

        return Errno.None;
    }

    public Result<int> Receive(Span<byte> bytes, List<Descriptor> descriptors, int timeoutMilliseconds)
    {
        // A round without anything to do is proof enough that nothing will come: only a timer could still send something.
        for (var idle = 0; idle < 3;)
        {
            var received = socket.TryReceive(bytes, descriptors);
            if (received.Error != Errno.EAGAIN)
            {
                return received;
            }

            idle = loop.RunOnce(0) ? 0 : idle + 1;
        }

        return Errno.ETIMEDOUT;
    }

    public void Dispose() => socket.Dispose();
}
