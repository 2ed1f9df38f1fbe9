using System.Globalization;
using System.Text;

namespace Trasgo.Inetd;

/// <summary>The answer of an identification server (RFC 1413): "PORT, PORT : USERID : SYSTEM : NAME". Whoever runs it can say what he likes.</summary>
internal static class IdentAnswer
{
    /// <summary>What RFC 1413 allows a line.</summary>
    public const int Longest = 1000;

    public const int Port = 113;

    /// <summary>The question: the port there and the port here.</summary>
    public static byte[] Question(int remotePort, int localPort) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{remotePort},{localPort}\r\n"));

    /// <summary>System and name, fit for a line of a log; null for an error and for an answer to another question.</summary>
    public static string? Parse(ReadOnlySpan<byte> line, int remotePort, int localPort)
    {
        var text = Encoding.Latin1.GetString(line).TrimEnd('\r', '\n');
        if (text.Split(':', 3) is not [var ports, var kind, var user] || kind.Trim() != "USERID" || user.Trim().Length == 0
            || ports.Split(',') is not [var remote, var local] || !Is(remote, remotePort) || !Is(local, localPort))
        {
            return null;
        }

        return string.Create(user.Trim().Length, user.Trim(), static (span, source) =>
        {
            for (var at = 0; at < span.Length; at++)
            {
                span[at] = source[at] is >= ' ' and <= '~' ? source[at] : '?';
            }
        });
    }

    private static bool Is(string text, int port) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == port;
}
