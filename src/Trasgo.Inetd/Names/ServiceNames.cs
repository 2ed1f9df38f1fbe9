using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd;

/// <summary>
/// The port numbers of services(5). Other sources that nsswitch.conf(5) may name are not asked: generators run before there is a network.
/// The small services are known without the file, which minimal systems lack.
/// </summary>
internal sealed class ServiceNames
{
    public const string Path = "/etc/services";

    private readonly Dictionary<(string Name, string Protocol), int> _ports = [];

    public static ServiceNames Parse(string text)
    {
        var names = new ServiceNames();
        foreach (var line in text.Split('\n'))
        {
            var words = WhiteSpace.Split(line.Split('#', 2)[0]);
            if (words.Length >= 2 && words[1].Split('/') is [var number, var protocol] && TryPort(number, out var port))
            {
                foreach (var name in (string[])[words[0], .. words[2..]])
                {
                    names._ports.TryAdd((name, protocol), port);
                }
            }
        }

        foreach (var service in SmallServices.All)
        {
            names._ports.TryAdd((service.Name, "tcp"), service.Port);
            names._ports.TryAdd((service.Name, "udp"), service.Port);
        }

        return names;
    }

    /// <summary>A number, or a name of the protocol ("tcp", "udp").</summary>
    public bool TryFind(string service, string protocol, out int port) =>
        TryPort(service, out port) || _ports.TryGetValue((service, protocol), out port);

    private static bool TryPort(string text, out int port)
    {
        port = 0;
        if (!Numbers.TryDecimal(text, out var number) || number is 0 or > ushort.MaxValue)
        {
            return false;
        }

        port = (int)number;
        return true;
    }
}
