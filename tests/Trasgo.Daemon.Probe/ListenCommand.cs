using System.Net.Sockets;
using System.Text;

namespace Trasgo.Daemon.Probe;

/// <summary>listen [describe QUEUE...]: says what it was passed; otherwise answers one connection on each descriptor with its name.</summary>
internal static class ListenCommand
{
    public static int Run(string[] arguments)
    {
        using var descriptors = ListenDescriptors.Take();
        foreach (var one in descriptors)
        {
            Console.WriteLine($"{one.Number} {one.Name} socket={one.IsSocket()} listening={one.IsSocket(listening: true)} stream={one.IsSocket(type: SocketType.Stream)} "
                + $"inet={one.IsInternetSocket()} unix={one.IsUnixSocket()} fifo={one.IsFifo()} special={one.IsSpecial()} mq={one.IsMessageQueue()}"
                + string.Concat(arguments.Skip(1).Select(queue => $" {queue}={one.IsMessageQueue(queue)}")));
        }

        Console.WriteLine($"{descriptors.Count} in all, then {ListenDescriptors.Take().Count}, {Environment.GetEnvironmentVariable("LISTEN_FDS") ?? "no variable"}");
        if (arguments is ["describe", ..])
        {
            return 0;
        }

        foreach (var one in descriptors)
        {
            bool isConnection = one.IsSocket(listening: false);
            using var socket = one.ToSocket();
            using var connection = isConnection ? socket : socket.Accept();
            connection.Send(Encoding.ASCII.GetBytes($"this is {one.Name}\n"));
        }

        return 0;
    }
}
