using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trasgo.Daemon.Probe;

/// <summary>
/// serve iterative|threaded|forking|pool: prints its port. A client sends one line: "pid" is answered with the PID, "hold" is held until another byte comes, "fail" ends the
/// process that serves.
/// </summary>
internal static class ServeCommand
{
    public static int Run(string kind, string[] arguments)
    {
        if (ConnectionServer.TakeConnection() is { } own)
        {
            using (own)
            {
                Serve(own);
            }

            return 0;
        }

        using var signals = new DaemonSignals();
        if (Worker.Current is { } worker)
        {
            return RunWorker(worker, signals, arguments);
        }

        int most = int.Parse(DaemonCommand.Option(arguments, "--most") ?? "100");
        var drain = TimeSpan.FromSeconds(double.Parse(DaemonCommand.Option(arguments, "--drain") ?? "30"));
        var options = new ServeOptions { MostConnections = most, DrainTimeout = drain, OnError = e => Console.WriteLine("error: " + e.Message) };
        var listeners = ListenSockets.Tcp(0, IPAddress.IPv6Loopback, IPAddress.Loopback);
        Console.WriteLine(((IPEndPoint)listeners[0].LocalEndPoint!).Port);
        switch (kind)
        {
            case "iterative":
                ConnectionServer.Iterative(listeners, Serve, signals.Stopping, options);
                break;
            case "threaded":
                ConnectionServer.Threaded(listeners, Serve, signals.Stopping, options);
                break;
            case "forking":
                ConnectionServer.Forking(listeners, signals.Stopping, options);
                break;
            default:
                RunPool(listeners, most, drain, signals);
                break;
        }

        Console.WriteLine("done");
        return 0;
    }

    private static void RunPool(IReadOnlyList<Socket> listeners, int workers, TimeSpan drain, DaemonSignals signals)
    {
        using var pool = new WorkerPool(listeners, workers, new WorkerPoolOptions
        {
            StopTimeout = drain,
            RestartDelay = TimeSpan.FromMilliseconds(100),
            OnError = e => Console.WriteLine("error: " + e.Message),
        });
        signals.OnReload(pool.Reload).OnReopenLogs(() => pool.Signal(DaemonSignals.Sigusr1));
        pool.Start();
        signals.WaitForStop();
        pool.Stop(signals.StopSignal!.Value);
        Console.WriteLine($"left: {pool.ProcessIds.Count}");
    }

    private static int RunWorker(Worker worker, DaemonSignals signals, string[] arguments)
    {
        if (DaemonCommand.Option(arguments, "--fail-if") is { } path && File.Exists(path))
        {
            return 9;
        }

        signals.OnReopenLogs(() => Console.WriteLine($"worker {worker.Index} reopens"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Stopping, worker.MasterGone);
        worker.Ready();
        ConnectionServer.Threaded(worker.Listeners, Serve, stop.Token);
        return 0;
    }

    private static void Serve(Socket connection)
    {
        byte[] buffer = new byte[100];
        int count = connection.Receive(buffer);
        switch (Encoding.ASCII.GetString(buffer, 0, count).Trim())
        {
            case "hold":
                connection.Send("held\n"u8);
                connection.Receive(buffer);
                connection.Send("released\n"u8);
                break;
            case "fail":
                Environment.Exit(7);
                break;
            default:
                connection.Send(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
                break;
        }
    }
}
