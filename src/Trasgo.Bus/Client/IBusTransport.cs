using Trasgo.Linux;

namespace Trasgo.Bus.Client;

/// <summary>The stream under a client's connection. Both calls block.</summary>
internal interface IBusTransport : IDisposable
{
    /// <summary>Sends all of the bytes, the descriptors with the first of them.</summary>
    Errno Send(ReadOnlySpan<byte> bytes, IReadOnlyList<Descriptor> descriptors);

    /// <summary>Receives at least one byte. No bytes and no error is the end; ETIMEDOUT is nothing in that time (-1: for ever).</summary>
    Result<int> Receive(Span<byte> bytes, List<Descriptor> descriptors, int timeoutMilliseconds);
}
