namespace Trasgo.UnitFiles.Directives;

/// <summary>What a Listen*= line of a socket unit opens.</summary>
internal enum SocketPortType
{
    Socket,
    Fifo,
    Special,
    MessageQueue,
    UsbFunction,
}
