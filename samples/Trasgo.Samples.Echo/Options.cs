using System.Globalization;
using System.Net;

namespace Trasgo.Samples.Echo;

/// <summary>The command line.</summary>
internal sealed class Options
{
    public const string Usage = "usage: echo [--tcp | --udp | --inetd] [--port PORT] [--address ADDRESS]...";

    public bool IsTcp { get; private set; } = true;

    public bool IsUdp { get; private set; } = true;

    public bool IsInetd { get; private set; }

    public int Port { get; private set; } = 7;

    public List<IPAddress> Addresses { get; } = [];

    public bool IsHelp { get; private set; }

    public static Options Parse(string[] arguments)
    {
        var options = new Options();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out string? name))
        {
            switch (name)
            {
                case "--tcp":
                    options.IsUdp = false;
                    break;
                case "--udp":
                    options.IsTcp = false;
                    break;
                case "--inetd":
                    options.IsInetd = true;
                    break;
                case "--port":
                    options.Port = ushort.TryParse(Value(rest, name), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                        ? port
                        : throw new UsageException("--port takes a number from 0 to 65535");
                    break;
                case "--address":
                    options.Addresses.Add(IPAddress.TryParse(Value(rest, name), out var address) ? address : throw new UsageException($"{name} is no address of IPv4 or IPv6"));
                    break;
                case "--help":
                    options.IsHelp = true;
                    break;
                default:
                    throw new UsageException($"unknown argument {name}");
            }
        }

        return options.IsTcp || options.IsUdp ? options : throw new UsageException("--tcp and --udp exclude each other; without them it is both");
    }

    private static string Value(Queue<string> rest, string name) => rest.TryDequeue(out string? value) ? value : throw new UsageException($"{name} needs a value");
}

/// <summary>The command line makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
