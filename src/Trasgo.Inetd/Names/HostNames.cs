using System.Net;
using System.Net.Sockets;

namespace Trasgo.Inetd;

/// <summary>
/// The addresses of hosts(5). No name server is asked: generators run before there is a network, and an address that decides who is let in
/// must not depend on who answers.
/// </summary>
internal sealed class HostNames
{
    public const string Path = "/etc/hosts";

    private readonly Dictionary<string, List<IPAddress>> _addresses = new(StringComparer.OrdinalIgnoreCase);

    public static HostNames Parse(string text)
    {
        var names = new HostNames();
        foreach (var line in text.Split('\n'))
        {
            var words = WhiteSpace.Split(line.Split('#', 2)[0]);
            if (words.Length < 2 || !TryAddress(words[0], out var address))
            {
                continue;
            }

            foreach (var name in words[1..])
            {
                if (!names._addresses.TryGetValue(name, out var list))
                {
                    names._addresses.Add(name, list = []);
                }

                list.Add(address);
            }
        }

        return names;
    }

    /// <summary>The address that the text is, or those of the name; empty for an unknown name.</summary>
    public IReadOnlyList<IPAddress> Find(string host) =>
        TryAddress(host, out var address) ? [address] : _addresses.TryGetValue(host, out var list) ? list : [];

    /// <summary>An address in full. The library would read "10.1" and "0x7f000001", too, which were names once.</summary>
    public static bool TryAddress(string text, out IPAddress address)
    {
        address = IPAddress.None;
        var isPlain = text.Contains(':', StringComparison.Ordinal)
            ? !text.AsSpan().ContainsAny('[', ']', '/')
            : text.AsSpan().Count('.') == 3 && !text.AsSpan().ContainsAnyExcept("0123456789.");
        if (!isPlain || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        address = parsed;
        return address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6;
    }
}
