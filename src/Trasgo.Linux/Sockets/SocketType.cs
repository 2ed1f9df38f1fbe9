namespace Trasgo.Linux;

/// <summary>SOCK_*.</summary>
internal enum SocketType
{
    Stream = 1,
    Datagram = 2,
    Raw = 3,
    SequentialPacket = 5,
}

/// <summary>What one recvmsg(2) gave. Whoever receives it owns the descriptors.</summary>
internal readonly record struct ReceivedMessage(int Length, PeerCredentials? Credentials, Descriptor[] Descriptors, bool IsTruncated, bool IsControlTruncated)
{
    /// <summary>Closes descriptors nobody wants: a peer may send them with any message.</summary>
    public void DropDescriptors()
    {
        foreach (var descriptor in Descriptors)
        {
            descriptor.Dispose();
        }
    }
}
