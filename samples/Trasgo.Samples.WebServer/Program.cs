// A static web server with a master and workers. The master owns the sockets and hears the signals; the workers, this program started once more, run
// Kestrel on the master's sockets. Replacing the workers loses no connection, because the sockets are never closed.
using Trasgo.Daemon;
using Trasgo.Samples.WebServer;

if (!ServerOptions.TryParse(args, out var options, out string? error))
{
    Console.Error.WriteLine(error);
    return 2;
}

try
{
    if (Worker.Current is not null || options.Workers == 0)
    {
        await WebWorker.RunAsync(options);
        return 0;
    }

    return Master.Run(options);
}
catch (DaemonException e)
{
    Console.Error.WriteLine("webserver: " + e.Message);
    return 1;
}
