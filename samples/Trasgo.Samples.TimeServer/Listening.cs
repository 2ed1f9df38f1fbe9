using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Trasgo.Daemon;

namespace Trasgo.Samples.TimeServer;

/// <summary>The server that opens its port itself: iterative or concurrent, in the foreground or as a daemon.</summary>
internal static class Listening
{
    public static int Serve(Options options)
    {
        // Before anything is started: a name that is wrong is an error at the terminal.
        var user = options.User is var (name, group) ? DaemonUser.Find(name, group) : null;
        using var daemon = options.IsDaemon ? Daemonizer.Detach(new DaemonOptions { PidFile = options.PidFile }) : null;
        using var pidFile = options is { IsDaemon: false, PidFile: { } path } ? PidFile.Acquire(path) : null;
        var notifier = ServiceNotifier.FromEnvironment();
        using var signals = new DaemonSignals();
        var listeners = ListenSockets.Tcp(options.Port, options.Addresses);
        int port = ((IPEndPoint)listeners[0].LocalEndPoint!).Port;
        if (options.PortFile is { } file)
        {
            // In one step, so that nobody reads half a number.
            File.WriteAllText(file + ".new", port.ToString(CultureInfo.InvariantCulture));
            File.Move(file + ".new", file, overwrite: true);
        }

        // The port is open, the files are written: nothing takes root any more, and no client has been heard yet.
        user?.Become();

        // Whoever waits for us hears it: the service manager, the process that was started, or the person at the terminal.
        notifier.Ready(string.Create(CultureInfo.InvariantCulture, $"Telling the time on port {port}"));
        if (daemon is null)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"telling the time on port {port}"));
        }

        daemon?.Ready();
        Accept(listeners, options, signals.Stopping);
        notifier.Stopping();
        return 0;
    }

    private static void Accept(IReadOnlyList<Socket> listeners, Options options, CancellationToken stop)
    {
        // A client that went away ends one answer and not the server.
        var limits = new ServeOptions { OnError = error => Console.Error.WriteLine($"timeserver: {error.Message}"), DrainTimeout = TimeSpan.FromSeconds(15) };
        if (options.Way == Way.Concurrent)
        {
            ConnectionServer.Forking(listeners, stop, limits);
        }
        else
        {
            ConnectionServer.Iterative(listeners, client => Daytime.Tell(client, options), stop, limits);
        }
    }
}
