using System.Globalization;
using System.Net;

namespace Trasgo.Samples.TimeServer;

/// <summary>How the server is run; README.md explains each way.</summary>
internal enum Way
{
    Iterative,
    Concurrent,
    Activated,
    Instance,
    Inetd,
}

/// <summary>The command line. Whatever is wrong with it is said before anything is done.</summary>
internal sealed class Options
{
    public const string Usage = """
        usage: timeserver [--iterative | --concurrent | --activated | --instance | --inetd]
                          [--port PORT] [--address ADDRESS]... [--lines N] [--interval MS]
                          [--daemon] [--pid-file PATH] [--user USER[:GROUP]] [--port-file PATH]
        """;

    public Way Way { get; private set; } = Way.Iterative;

    public int Port { get; private set; } = 13;

    public List<IPAddress> Addresses { get; } = [];

    /// <summary>How many lines a client gets.</summary>
    public int Lines { get; private set; }

    /// <summary>The pause between them, in milliseconds.</summary>
    public int Interval { get; private set; } = 1000;

    public bool IsDaemon { get; private set; }

    public string? PidFile { get; private set; }

    /// <summary>Who to be once the port is open, and of which group.</summary>
    public (string Name, string? Group)? User { get; private set; }

    /// <summary>Where to write down which port it is: for --port 0.</summary>
    public string? PortFile { get; private set; }

    public bool IsHelp { get; private set; }

    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        Way? way = null;
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? name))
        {
            switch (name)
            {
                case "--iterative" or "--concurrent" or "--activated" or "--instance" or "--inetd":
                    way = way is null ? WayOf(name) : throw new UsageException($"{name} and another way cannot be combined");
                    break;
                case "--port":
                    options.Port = Number(rest, name, 0, 65535);
                    break;
                case "--address":
                    options.Addresses.Add(IPAddress.TryParse(Value(rest, name), out var address) ? address : throw new UsageException($"{name} is no address of IPv4 or IPv6"));
                    break;
                case "--lines":
                    options.Lines = Number(rest, name, 1, 1000);
                    break;
                case "--interval":
                    options.Interval = Number(rest, name, 0, 3_600_000);
                    break;
                case "--daemon":
                    options.IsDaemon = true;
                    break;
                case "--pid-file":
                    options.PidFile = Path.GetFullPath(Value(rest, name));
                    break;
                case "--user":
                    options.User = Value(rest, name).Split(':') switch
                    {
                        [{ Length: > 0 } user] => (user, null),
                        [{ Length: > 0 } user, { Length: > 0 } group] => (user, group),
                        _ => throw new UsageException($"{name} takes USER or USER:GROUP"),
                    };
                    break;
                case "--port-file":
                    options.PortFile = Path.GetFullPath(Value(rest, name));
                    break;
                case "--help":
                    options.IsHelp = true;
                    break;
                default:
                    throw new UsageException($"unknown argument {name}");
            }
        }

        options.Way = way ?? Way.Iterative;
        options.Lines = options.Lines > 0 ? options.Lines : options.Way == Way.Concurrent ? 10 : 1;
        bool opensItsPort = options.Way is Way.Iterative or Way.Concurrent;
        return opensItsPort || options is { IsDaemon: false, PidFile: null, User: null, PortFile: null }
            ? options
            : throw new UsageException("a socket that is handed over cannot be combined with --daemon, --pid-file, --user and --port-file");
    }

    private static Way WayOf(string name) => name switch
    {
        "--iterative" => Way.Iterative,
        "--concurrent" => Way.Concurrent,
        "--activated" => Way.Activated,
        "--instance" => Way.Instance,
        _ => Way.Inetd,
    };

    private static string Value(Queue<string> rest, string name) => rest.TryDequeue(out string? value) ? value : throw new UsageException($"{name} needs a value");

    private static int Number(Queue<string> rest, string name, int least, int most) =>
        int.TryParse(Value(rest, name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{name} takes a number from {least} to {most}");
}

/// <summary>The command line makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
