using System.Net;
using System.Net.Sockets;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Samples.Tests;

/// <summary>Asks for the time, and looks at the answer.</summary>
internal static class TimeClient
{
    public const string Format = @"^\w+day, \w+ \d{1,2}, \d{4} \d\d:\d\d:\d\d-UTC, says process (\d+)\r?$";

    /// <summary>The process that tells the time, by its own account.</summary>
    public static int Teller(string? line)
    {
        Assert.Matches(Format, line);
        return int.Parse(line!.TrimEnd().Split(' ')[^1]);
    }

    public static string Netcat(int port, string address)
    {
        Skip.If(Peer.Find("nc.openbsd", "nc") is null, "netcat is not there");
        return Peer.Run(Peer.Find("nc.openbsd", "nc")!, "-w", "10", address, port.ToString()).TrimEnd('\n');
    }

    /// <summary>All that a client is told, as soon as there is a server.</summary>
    public static List<string> Lines(int port, IPAddress? address = null)
    {
        Client? client = null;
        Waiting.Until("the port", () =>
        {
            try
            {
                client = new Client(address ?? IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        var lines = new List<string>();
        using (client)
        {
            while (client!.ReadLine() is { } line)
            {
                lines.Add(line);
            }
        }

        return lines;
    }
}
