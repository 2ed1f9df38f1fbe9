namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>trasgo systemctl</c>, and what a link of that name to us does.</summary>
internal static class SystemctlCommand
{
    internal static int Run(CommandInvocation invocation)
    {
        var output = invocation.Output;
        var commandLine = new SystemctlCommandLine(invocation.Program, output);
        if (commandLine.Parse(invocation.Arguments) is { } status)
        {
            return status;
        }

        var (options, words) = (commandLine.Options, commandLine.Operands);
        var verb = VerbTable.Find(words.Length > 0 ? words[0] : null);
        if (verb is null)
        {
            return output.Fail($"Unknown command verb {words[0]}.");
        }

        words = words.Length > 0 ? words : [verb.Name];
        if (verb.OnlineOnly && options.Root is not null)
        {
            return output.Fail($"Verb '{verb.Name}' cannot be used with --root= or --image=.");
        }

        if (words.Length < verb.AtLeast || words.Length > verb.AtMost)
        {
            return output.Fail(words.Length < verb.AtLeast ? "Too few arguments." : "Too many arguments.");
        }

        if (verb.OnlineOnly && HostState.IsOffline)
        {
            output.Info($"Running in chroot, ignoring command '{verb.Name}'");
            return ExitStatus.Success;
        }

        using var context = new SystemctlContext(options, output, invocation.Program);
        return verb.Run(context, words);
    }
}
