using Trasgo.Cli.CommandLine;
using Trasgo.Inetd;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>The options of inetd(8).</summary>
internal sealed record InetdOptions
{
    private const string Usage = "usage: inetd [-dEi] [-a address] [-p file] [-q length] [-R rate] [file]";
    private const int HelpOption = 0x100;
    private const int DetachedOption = 0x101;

    private static readonly LongOption[] s_options = [new("help", OptionArgument.None, HelpOption), new("detached", OptionArgument.None, DetachedOption)];

    public bool Help { get; init; }

    /// <summary>-d: tells everything, and stays in the foreground.</summary>
    public bool Debug { get; init; }

    /// <summary>-i, and -f as other inetds have it.</summary>
    public bool Foreground { get; init; }

    /// <summary>The process in the background, started by the one that was called: not for people.</summary>
    public bool Detached { get; init; }

    /// <summary>-E: servers get the whole environment.</summary>
    public bool KeepEnvironment { get; init; }

    public string? PidFile { get; init; }

    public GeneratorSettings Settings { get; init; } = new();

    public string? File { get; init; }

    /// <summary>Null after a complaint.</summary>
    public static InetdOptions? Parse(CommandInvocation invocation)
    {
        var output = invocation.Output;
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "dEifla:p:q:R:h", s_options, output.Error);
        var options = new InetdOptions();
        while (reader.Next() is not OptionReader.End and var option)
        {
            if (options.With(option, reader.Argument, output.Error) is not { } changed)
            {
                if (option == OptionReader.Bad)
                {
                    output.Error(Usage);
                }

                return null;
            }

            options = changed;
        }

        if (reader.Operands.Length > 1)
        {
            output.Error("One configuration file can be given.");
            output.Error(Usage);
            return null;
        }

        return options with { File = reader.Operands is [var file] ? Path.GetFullPath(file) : null };
    }

    private InetdOptions? With(int option, string? argument, Action<string> complain)
    {
        switch (option)
        {
            case 'h' or HelpOption:
                return this with { Help = true };
            case DetachedOption:
                return this with { Detached = true };
            case 'd':
                return this with { Debug = true };
            case 'i' or 'f':
                return this with { Foreground = true };
            case 'E':
                return this with { KeepEnvironment = true };
            case 'p':
                return this with { PidFile = argument is { Length: > 0 } path ? Path.GetFullPath(path) : "" };
            case 'a':
                return this with { Settings = Settings with { DefaultHost = argument ?? "*" } };
            case 'q' when Numbers.TryDecimal(argument, out var backlog) && backlog <= int.MaxValue:
                return this with { Settings = Settings with { Backlog = backlog } };
            case 'R' when Numbers.TryDecimal(argument, out var rate) && rate > 0:
                return this with { Settings = Settings with { Rate = rate } };
            case 'l':
                // To go on without would let in whom /etc/hosts.deny keeps out.
                complain("TCP wrappers are not built in, so -l cannot be had. /usr/sbin/tcpd as the server program asks them.");
                return null;
            case 'q' or 'R':
                complain($"'{argument}' is no {(option == 'q' ? "length of a queue" : "number of starts in a minute")}.");
                return null;
            default:
                return null;
        }
    }
}
