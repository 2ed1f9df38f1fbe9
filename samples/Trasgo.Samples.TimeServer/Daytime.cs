using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Trasgo.Samples.TimeServer;

/// <summary>The protocol of RFC 867: whoever connects is told the time, and nothing is read from them.</summary>
internal static class Daytime
{
    /// <summary>Tells the time once, or several times with a pause in between.</summary>
    public static void Tell(Socket client, Options options)
    {
        try
        {
            TellAll(client, options);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected)
        {
            // The client is gone, and with it the only one who wanted to know.
        }
    }

    private static void TellAll(Socket client, Options options)
    {
        client.SendTimeout = 10_000;
        for (int line = 0; line < options.Lines; line++)
        {
            if (line > 0)
            {
                Thread.Sleep(options.Interval);
            }

            client.Send(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{DateTime.UtcNow:dddd, MMMM d, yyyy HH:mm:ss}-UTC, says process {Environment.ProcessId}\r\n")));
        }

        client.Shutdown(SocketShutdown.Send);
    }
}
