using System.Globalization;
using System.Text;

namespace Trasgo.Bus.Remote;

/// <summary>Server addresses as the D-Bus specification writes them, as far as they name a unix socket.</summary>
internal static class BusAddress
{
    /// <summary>
    /// The first unix socket among the addresses of a list (<c>unix:path=/run/user/1000/bus;…</c>), with "@" in front of an abstract name;
    /// null where there is none.
    /// </summary>
    public static string? UnixPath(string addresses)
    {
        foreach (var address in addresses.Split(';'))
        {
            if (!address.StartsWith("unix:", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var pair in address["unix:".Length..].Split(','))
            {
                var equals = pair.IndexOf('=', StringComparison.Ordinal);
                var value = equals < 0 ? null : Unescape(pair[(equals + 1)..]);
                switch (equals < 0 ? "" : pair[..equals])
                {
                    case "path" when value is ['/', _, ..]:
                        return value;
                    case "abstract" when value is [_, ..]:
                        return "@" + value;
                    default:
                        break;
                }
            }
        }

        return null;
    }

    /// <summary>Bytes outside the specification's set are written as % and two hexadecimal digits.</summary>
    private static string? Unescape(string value)
    {
        if (!value.Contains('%', StringComparison.Ordinal))
        {
            return value;
        }

        var bytes = new List<byte>(value.Length);
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(value, at, 1));
            }
            else if (at + 2 < value.Length && byte.TryParse(value.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code != 0)
            {
                bytes.Add(code);
                at += 2;
            }
            else
            {
                return null;
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
