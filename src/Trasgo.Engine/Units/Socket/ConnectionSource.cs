using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>Where connections come from, as MaxConnectionsPerSource= counts: an IP address whatever the port, or a context of vsock(7).</summary>
internal readonly record struct ConnectionSource(AddressFamily Family, UInt128 Host)
{
    /// <summary>Null for peers that have no address, as those of Unix sockets: they are not limited.</summary>
    public static ConnectionSource? Of(in SocketAddress peer) => peer.Family switch
    {
        AddressFamily.Internet => new(AddressFamily.Internet, MemoryMarshal.Read<uint>(peer.Host)),
        AddressFamily.Internet6 => new(AddressFamily.Internet6, BinaryPrimitives.ReadUInt128BigEndian(peer.Host)),
        AddressFamily.Vsock => new(AddressFamily.Vsock, peer.Cid),
        _ => null,
    };
}

/// <summary>How many connections each source has now.</summary>
internal sealed class ConnectionSources
{
    private readonly Dictionary<ConnectionSource, uint> _counts = [];

    public uint CountOf(ConnectionSource source) => _counts.GetValueOrDefault(source);

    public void Add(ConnectionSource source) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, source, out _)++;

    public void Remove(ConnectionSource source)
    {
        if (_counts.TryGetValue(source, out var count) && count > 1)
        {
            _counts[source] = count - 1;
        }
        else
        {
            _counts.Remove(source);
        }
    }
}
