using System.Globalization;
using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Output;
using Trasgo.Cli.Units;

namespace Trasgo.Cli.Commands.Analyze;

/// <summary><c>trasgo analyze</c>: what unit files and expressions of time say, without a manager.</summary>
internal static class AnalyzeCommand
{
    private const int VersionOption = 0x100;
    private const int RootOption = 0x101;
    private const int UserOption = 0x102;
    private const int IterationsOption = 0x103;
    private const int BaseTimeOption = 0x104;

    private static readonly LongOption[] s_options =
    [
        new("help", OptionArgument.None, 'h'),
        new("version", OptionArgument.None, VersionOption),
        new("root", OptionArgument.Required, RootOption),
        new("user", OptionArgument.None, UserOption),
        new("iterations", OptionArgument.Required, IterationsOption),
        new("base-time", OptionArgument.Required, BaseTimeOption),
    ];

    internal static int Run(CommandInvocation invocation)
    {
        var output = invocation.Output;
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "h", s_options, output.Error);
        var (root, user) = ((string?)null, false);
        var times = new AnalyzeTimes(output);
        while (reader.Next() is not OptionReader.End and var option)
        {
            switch (option)
            {
                case 'h':
                    return PrintHelp(invocation.Program, output);
                case VersionOption:
                    return VersionText.Print(output);
                case RootOption:
                    root = reader.Argument;
                    break;
                case UserOption:
                    user = true;
                    break;
                case IterationsOption:
                    if (!uint.TryParse(reader.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations))
                    {
                        return output.Fail($"Failed to parse iterations: {reader.Argument}");
                    }

                    times.Iterations = iterations;
                    break;
                case BaseTimeOption:
                    if (!times.TryBaseTime(reader.Argument ?? ""))
                    {
                        return output.Fail($"Failed to parse --base-time= parameter: {reader.Argument}");
                    }

                    break;
                default:
                    return 1;
            }
        }

        return reader.Operands switch
        {
            ["verify", _, ..] words => Verify(new UnitReader(user, root), words[1..], output),
            ["spawn", _, ..] words => Spawn(new UnitReader(user, root), words[1..], output),
            ["calendar", _, ..] words => times.Calendar(words[1..]),
            ["timestamp", _, ..] words => times.Timestamp(words[1..]),
            ["timespan", _, ..] words => times.TimeSpan(words[1..]),
            ["verify" or "spawn" or "calendar" or "timestamp" or "timespan"] => output.Fail("Too few arguments."),
            [] => output.Fail("Command verb required."),
            var words => output.Fail($"Unknown command verb {words[0]}."),
        };
    }

    private static int Verify(UnitReader units, string[] names, CommandOutput output)
    {
        var status = 0;
        foreach (var name in names)
        {
            var unit = units.Read(name);
            if (unit is null)
            {
                status = output.Fail($"{name}: there is no such unit.");
                continue;
            }

            foreach (var diagnostic in unit.Diagnostics.Items)
            {
                output.Warning($"{diagnostic}");
                status = 1;
            }
        }

        return status;
    }

    private static int Spawn(UnitReader units, string[] names, CommandOutput output)
    {
        var status = 0;
        foreach (var name in names)
        {
            if (units.Read(name) is not { } unit)
            {
                status = output.Fail($"{name}: there is no such unit.");
            }
            else if (!SpawnDescription.Print(unit, output))
            {
                status = 1;
            }
        }

        return status;
    }

    private static int PrintHelp(string program, CommandOutput output)
    {
        output.WriteLine(
            $"""
            {Path.GetFileName(program)} [OPTIONS...] COMMAND ...

              verify FILE|UNIT...  read units and say what is wrong with them
              spawn SERVICE...     the system calls by which its commands would be started
              calendar EVENT...    when calendar events come
              timestamp TIME...    what a point in time means
              timespan SPAN...     what a span of time means

              -h --help            this text
                 --version         the version
                 --iterations=N    how many times an event is shown to come
                 --base-time=TIME  what its next time counts from
                 --root=PATH       units of the tree below PATH
                 --user            units of a user's manager
            """);
        return 0;
    }
}
