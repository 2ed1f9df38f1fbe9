using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Trasgo.Samples.WebServer;

/// <summary>The command line.</summary>
internal sealed record ServerOptions
{
    private const string Usage = """
        usage: webserver [OPTION]... DIRECTORY
          --port N           listen on this port, 0 for any (8080); not used where sockets are inherited
          --workers N        so many processes serve (2); 0: this one does, without a master
          --log FILE         a line for each request; SIGUSR1 opens the file again
          --one-at-a-time    serve one request after another, with one worker
          --time-scale F     a second of /work lasts F seconds (1)
        """;

    public required string Root { get; init; }

    public int Port { get; init; } = 8080;

    public int Workers { get; init; } = 2;

    public string? LogFile { get; init; }

    public bool OneAtATime { get; init; }

    public double TimeScale { get; init; } = 1;

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out ServerOptions? options, [NotNullWhen(false)] out string? error)
    {
        (options, error) = (null, null);
        var parsed = new ServerOptions { Root = "" };
        for (int i = 0; i < arguments.Length; i++)
        {
            string value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port <= ushort.MaxValue:
                    parsed = parsed with { Port = port };
                    i++;
                    break;
                case "--workers" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int workers) && workers <= 64:
                    parsed = parsed with { Workers = workers };
                    i++;
                    break;
                case "--log" when value.Length > 0:
                    parsed = parsed with { LogFile = Path.GetFullPath(value) };
                    i++;
                    break;
                case "--one-at-a-time":
                    parsed = parsed with { OneAtATime = true };
                    break;
                case "--time-scale" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double scale) && scale is > 0 and <= 1000:
                    parsed = parsed with { TimeScale = scale };
                    i++;
                    break;
                case var word when !word.StartsWith('-') && parsed.Root.Length == 0:
                    parsed = parsed with { Root = Path.GetFullPath(word) };
                    break;
                default:
                    error = $"webserver: {arguments[i]} is not understood\n{Usage}";
                    return false;
            }
        }

        error = Complaint(parsed);
        options = error is null ? parsed : null;
        return error is null;
    }

    private static string? Complaint(ServerOptions options) =>
        options.Root.Length == 0 ? Usage
        : !Directory.Exists(options.Root) ? $"webserver: {options.Root} is not a directory"
        : null;
}
