// A daytime server (RFC 867) in the ways of the literature, one option each; README.md is its manual page.
using System.Net.Sockets;
using Trasgo.Daemon;
using Trasgo.Samples.TimeServer;

Options options;
try
{
    options = Options.Parse(args);
}
catch (UsageException e)
{
    Console.Error.WriteLine($"timeserver: {e.Message}\n{Options.Usage}");
    return 2;
}

if (options.IsHelp)
{
    Console.WriteLine(Options.Usage);
    return 0;
}

try
{
    // A child of --concurrent: there for one connection.
    if (ConnectionServer.TakeConnection() is { } own)
    {
        using (own)
        {
            Daytime.Tell(own, options);
        }

        return 0;
    }

    return options.Way switch
    {
        Way.Inetd => Inherited.ServeStandardInput(options),
        Way.Instance => Inherited.ServeConnection(options),
        Way.Activated => Inherited.ServeListeners(options),
        _ => Listening.Serve(options),
    };
}
catch (Exception e) when (e is IOException or SocketException)
{
    // DaemonException is the former: what was tried, and why it failed, in one line.
    Console.Error.WriteLine($"timeserver: {e.Message}");
    return 1;
}
