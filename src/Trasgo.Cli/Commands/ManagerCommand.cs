using Trasgo.Cli.Commands.Generator;
using Trasgo.Manager;

namespace Trasgo.Cli.Commands;

/// <summary>The manager itself: `trasgo init`, `trasgo --system` and `trasgo --user`.</summary>
internal static class ManagerCommand
{
    internal static int Run(CommandInvocation invocation) =>
        ManagerProgram.Run(
            invocation.Program is "--system" or "--user" ? invocation.Program : "init",
            invocation.Arguments,
            GeneratorTable.ForManager,
            invocation.Output.Error);
}
