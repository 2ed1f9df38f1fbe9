using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Trasgo.Daemon;

namespace Trasgo.Samples.Heartbeat;

/// <summary>The command line.</summary>
internal sealed record HeartbeatOptions
{
    private const string Usage = """
        usage: heartbeat [OPTION]...
          --interval SECONDS   the pause between two beats (5)
          --name NAME          the name in the log (heartbeat)
          --log SOCKET         where the log daemon listens (/dev/log)
          --stderr             write messages to standard error as well
          --hang               stop beating after three beats, for a look at the watchdog
        """;

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    public string Name { get; init; } = "heartbeat";

    public SyslogEndpoint Endpoint { get; init; } = SyslogEndpoint.Local;

    public bool Stderr { get; init; }

    public bool Hang { get; init; }

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out HeartbeatOptions? options, [NotNullWhen(false)] out string? error)
    {
        (options, error) = (new(), null);
        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
                switch (arguments[i])
                {
                    case "--interval" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0.001 and <= 86400:
                        options = options with { Interval = TimeSpan.FromSeconds(seconds) };
                        i++;
                        break;
                    case "--name" when value.Length > 0:
                        options = options with { Name = new SyslogClientOptions { Identity = value }.Identity };
                        i++;
                        break;
                    case "--log" when value.Length > 0:
                        options = options with { Endpoint = SyslogEndpoint.Unix(value) };
                        i++;
                        break;
                    case "--stderr":
                        options = options with { Stderr = true };
                        break;
                    case "--hang":
                        options = options with { Hang = true };
                        break;
                    default:
                        error = $"heartbeat: {arguments[i]} is not understood\n{Usage}";
                        break;
                }
            }
        }
        catch (ArgumentException)
        {
            error = "heartbeat: a name in the log has no blank, colon or bracket, and the path of a socket is absolute";
        }

        options = error is null ? options : null;
        return error is null;
    }
}
