using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Commands;
using Trasgo.Cli.Output;

namespace Trasgo.Cli;

/// <summary>
/// One binary, many commands: the name it was called by, or else its first argument, chooses. What is no command is an
/// error with exit status 2, as of a shell builtin used wrongly.
/// </summary>
internal static class EntryPoint
{
    internal const int UsageError = 2;

    internal static int Run(string program, string[] arguments)
    {
        using var output = CommandOutput.ForProcess();
        return Run(program, arguments, output);
    }

    internal static int Run(string program, string[] arguments, CommandOutput output)
    {
        if (CommandTable.ByLink(Path.GetFileName(program)) is { } linked)
        {
            return linked.Run(new CommandInvocation(program, arguments, output));
        }

        switch (arguments)
        {
            case []:
                output.Error("trasgo: no command given; 'trasgo --help' lists them.");
                return UsageError;
            case ["--version", ..]:
                return VersionText.Print(output);
            case ["--help" or "-h", ..]:
                return PrintHelp(output);
            default:
                break;
        }

        // --system and --user are commands too: they are how a service manager is started.
        if (CommandTable.ByName(arguments[0]) is { } command)
        {
            return command.Run(new CommandInvocation(command.Name, arguments[1..], output));
        }

        output.Error($"trasgo: unknown command '{arguments[0]}'; 'trasgo --help' lists the commands.");
        return UsageError;
    }

    private static int PrintHelp(CommandOutput output)
    {
        output.WriteLine("trasgo COMMAND [ARGUMENT...]\n\nA service manager for systemd's unit files, and its tools.\n");
        foreach (var command in CommandTable.Commands.Where(static command => command.Summary.Length > 0))
        {
            output.WriteLine($"  {command.Name,-12} {command.Summary}");
        }

        output.WriteLine("\nA link to trasgo that bears the name of a command is that command. 'trasgo COMMAND --help' says more.");
        return 0;
    }
}
