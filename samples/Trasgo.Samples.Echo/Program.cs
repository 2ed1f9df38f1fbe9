// An echo server (RFC 862), TCP and UDP: it sends back what it receives. README.md is its manual page.
using Trasgo.Daemon;
using Trasgo.Samples.Echo;

Options options;
try
{
    options = Options.Parse(args);
}
catch (UsageException e)
{
    Console.Error.WriteLine($"echo: {e.Message}\n{Options.Usage}");
    return 2;
}

if (options.IsHelp)
{
    Console.WriteLine(Options.Usage);
    return 0;
}

try
{
    using var signals = new DaemonSignals();

    // Whoever starts us decides: a service manager passes sockets, inetd passes one as standard input, a person passes nothing.
    var sockets = Sockets.Find(options);
    var notifier = ServiceNotifier.FromEnvironment();
    notifier.Ready();
    if (!sockets.AreInherited)
    {
        Console.WriteLine(string.Join(", ", sockets.All.Select(socket => $"{socket.ProtocolType.ToString().ToLowerInvariant()} {socket.LocalEndPoint}")));
    }

    var servers = new List<Thread>();
    Echo.Start(servers, sockets.Connections, connection => Echo.Stream(connection));
    if (sockets.Datagrams.Count > 0)
    {
        Echo.Start(servers, [sockets.Datagrams], datagrams => DatagramServer.Serve(datagrams, Echo.Datagram, signals.Stopping, sockets.MostIdle));
    }

    if (sockets.Listeners.Count > 0)
    {
        Echo.Start(servers, [sockets.Listeners], listeners => ConnectionServer.Threaded(
            listeners, Echo.Stream, signals.Stopping, new ServeOptions { DrainTimeout = TimeSpan.FromSeconds(5) }));
    }

    servers.ForEach(server => server.Join());
    notifier.Stopping();
    return 0;
}
catch (IOException e)
{
    Console.Error.WriteLine($"echo: {e.Message}");
    return 1;
}
