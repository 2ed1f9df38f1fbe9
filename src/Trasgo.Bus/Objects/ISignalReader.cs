using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>Whoever reads our signals: a direct peer, or a message bus and everybody behind it.</summary>
internal interface ISignalReader
{
    bool IsConnected { get; }

    /// <summary>It has much to read yet.</summary>
    bool IsBehind { get; }

    /// <summary>Sends the signal, if it is wanted. The message stays the caller's.</summary>
    void Tell(BusMessage signal);
}
