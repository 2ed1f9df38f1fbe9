using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>Who called, as the kernel told when the connection was made, and the way back.</summary>
internal interface ICaller
{
    uint Uid { get; }

    uint Gid { get; }

    int Pid { get; }

    /// <summary>Whether the client asked for signals with the manager's Subscribe.</summary>
    bool Subscribed { get; set; }

    bool IsConnected { get; }

    /// <summary>Queues a message. It is copied: the caller disposes it.</summary>
    void Send(BusMessage message);
}
