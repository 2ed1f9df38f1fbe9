// A daytime server (RFC 867): whoever connects is told the time and the process that says it. It shows what a daemon under
// Trasgo has to do, which is next to nothing: stay in the foreground, say READY=1, leave on SIGTERM.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Trasgo.Samples.TimeServer;

if (args is not [var portFile])
{
    Console.Error.WriteLine("usage: timeserver PORT-FILE");
    return 2;
}

using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
// Connections of the predecessor that are still in TIME_WAIT must not keep its port from the successor.
listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
listener.Bind(new IPEndPoint(IPAddress.Loopback, PortFile.Read(portFile)));
listener.Listen();
int port = ((IPEndPoint)listener.LocalEndPoint!).Port;
PortFile.Write(portFile, port);

using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
{
    ServiceNotification.Send("STOPPING=1");
    Environment.Exit(0);
});

ServiceNotification.Send(string.Create(CultureInfo.InvariantCulture, $"READY=1\nSTATUS=Telling the time on port {port}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"telling the time on 127.0.0.1:{port}"));

while (true)
{
    try
    {
        using var client = listener.Accept();
        client.SendTimeout = 1000;
        client.Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:dddd, MMMM d, yyyy HH:mm:ss}-UTC, says process {Environment.ProcessId}\r\n")));
    }
    catch (SocketException e)
    {
        // A client that went away, or a moment without descriptors, ends one answer and not the server.
        Console.Error.WriteLine(e.Message);
    }
}
