using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Trasgo.Daemon;

namespace Trasgo.Samples.WebServer;

/// <summary>Owns the sockets, keeps the workers, hears the signals. It runs no web server and stays small.</summary>
internal static class Master
{
    public static int Run(ServerOptions options)
    {
        using var signals = new DaemonSignals();
        using var log = SyslogClient.Open("webserver", OpenLogOptions.ProcessId, SyslogFacility.Daemon);
        var manager = ServiceNotifier.FromEnvironment();
        var listeners = Listen(options);
        using var pool = new WorkerPool(listeners, options.OneAtATime ? 1 : options.Workers, new()
        {
            StopTimeout = TimeSpan.FromMinutes(5),
            OnError = e => log.Log(SyslogLevel.Error, $"{e.Message}"),
        });

        signals.OnReload(() =>
        {
            manager.Reloading("Replacing the workers");
            log.Log(SyslogLevel.Notice, "replacing the workers");
            pool.Reload();
            manager.Ready("Serving " + options.Root);
        });
        signals.OnReopenLogs(() => pool.Signal(DaemonSignals.Sigusr1));

        pool.Start();
        manager.Ready("Serving " + options.Root);
        foreach (var listener in listeners)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"listening on {listener.LocalEndPoint}"));
        }

        signals.WaitForStop();
        manager.Stopping();

        // Whatever the signal, the workers finish the requests that they have, for five minutes at most.
        pool.Stop(signals.StopSignal ?? PosixSignal.SIGQUIT);
        return 0;
    }

    private static IReadOnlyList<Socket> Listen(ServerOptions options)
    {
        using var inherited = ListenDescriptors.Take();
        var sockets = inherited.TakeSockets(SocketType.Stream);
        return sockets.Count > 0 ? sockets : ListenSockets.Tcp(options.Port, IPAddress.IPv6Loopback, IPAddress.Loopback);
    }
}
