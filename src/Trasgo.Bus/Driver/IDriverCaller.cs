using Trasgo.Bus.Server;

namespace Trasgo.Bus.Driver;

/// <summary>A caller of the driver, which changes what the peer is.</summary>
internal interface IDriverCaller
{
    BusPeer Peer { get; }
}
