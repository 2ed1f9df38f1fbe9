using System.Globalization;
using System.Net;
using Trasgo.Cli.CommandLine;
using Trasgo.Inetd;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>What the front notes of clients and servers (xinetd.conf(5), log_on_success and log_on_failure).</summary>
[Flags]
internal enum FrontNotes
{
    None = 0,
    Pid = 1,
    Host = 2,
    Exit = 4,
    Duration = 8,
    Traffic = 16,
    Attempt = 32,
    UserId = 64,

    /// <summary>What is known only when the server has ended.</summary>
    End = Exit | Duration | Traffic,
}

/// <summary>The options of <c>trasgo inetd-front</c>. There is no half of them: if one is not understood, nobody is served.</summary>
internal sealed record FrontOptions
{
    private static readonly string[] s_names =
    [
        "service", "only-from", "no-access", "access-times", "max-load", "banner", "banner-success", "banner-fail", "log-on-success", "log-on-failure", "redirect",
    ];

    private static readonly (string Name, FrontNotes Note)[] s_notes =
    [
        ("pid", FrontNotes.Pid), ("host", FrontNotes.Host), ("exit", FrontNotes.Exit), ("duration", FrontNotes.Duration), ("traffic", FrontNotes.Traffic), ("attempt", FrontNotes.Attempt), ("userid", FrontNotes.UserId),
    ];

    public string Service { get; init; } = "";

    public AddressRules Rules { get; init; } = AddressRules.Everybody;

    public AccessTimes? Times { get; init; }

    public double? MaximumLoad { get; init; }

    public string? Banner { get; init; }

    public string? BannerSuccess { get; init; }

    public string? BannerFail { get; init; }

    public FrontNotes OnSuccess { get; init; }

    public FrontNotes OnFailure { get; init; }

    /// <summary>Clients of whom their host does not say who they are are not served.</summary>
    public bool IdentOnly { get; init; }

    /// <summary>Lines begin with the time, as nobody else writes it into a file.</summary>
    public bool WithTime { get; init; }

    public (IPAddress Address, int Port)? Redirect { get; init; }

    /// <summary>Null if something is wrong. The server's words are in <paramref name="operands"/>.</summary>
    public static FrontOptions? Parse(CommandInvocation invocation, out string[] operands)
    {
        LongOption[] longOptions = [.. s_names.Select(static (name) => new LongOption(name, OptionArgument.Required, 0x100 + Array.IndexOf(s_names, name))), new("log-time", OptionArgument.None, 't'), new("ident-only", OptionArgument.None, 'i')];
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "+", longOptions, invocation.Output.Error);
        FrontOptions? options = new();
        while (reader.Next() is not OptionReader.End and var option)
        {
            options = option switch
            {
                _ when options is null => null,
                OptionReader.Bad => null,
                't' => options with { WithTime = true },
                'i' => options with { IdentOnly = true },
                _ => options.With(s_names[option - 0x100], reader.Argument ?? ""),
            };
        }

        operands = reader.Operands;
        return options is { Redirect: null } && operands.Length < 2 ? null : options;
    }

    private FrontOptions? With(string name, string value) => name switch
    {
        "service" => this with { Service = value },
        "only-from" => AddressRules.TryParse(value, out var ranges) ? this with { Rules = Rules with { OnlyFrom = ranges } } : null,
        "no-access" => AddressRules.TryParse(value, out var ranges) ? this with { Rules = Rules with { NoAccess = ranges } } : null,
        "access-times" => AccessTimes.Parse(value.Split(',')) is { } times ? this with { Times = times } : null,
        "max-load" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var load) ? this with { MaximumLoad = load } : null,
        "banner" => this with { Banner = value },
        "banner-success" => this with { BannerSuccess = value },
        "banner-fail" => this with { BannerFail = value },
        "log-on-success" => Notes(value) is { } notes ? this with { OnSuccess = notes } : null,
        "log-on-failure" => Notes(value) is { } notes ? this with { OnFailure = notes } : null,
        _ => Target(value) is { } target ? this with { Redirect = target } : null,
    };

    private static FrontNotes? Notes(string text)
    {
        var notes = FrontNotes.None;
        foreach (var word in text.Split(','))
        {
            var at = Array.FindIndex(s_notes, row => row.Name == word);
            if (at < 0)
            {
                return null;
            }

            notes |= s_notes[at].Note;
        }

        return notes;
    }

    private static (IPAddress, int)? Target(string text) =>
        text.Split(' ') is [var host, var number] && HostNames.TryAddress(host, out var address) && Numbers.TryDecimal(number, out var port) && port is > 0 and <= ushort.MaxValue
            ? (address, (int)port)
            : null;
}
