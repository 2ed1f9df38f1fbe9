using Trasgo.Cli.CommandLine;
using Trasgo.Manager.Files;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>
/// <c>trasgo generator NAME NORMAL [EARLY LATE]</c>, which the manager runs at boot and at daemon-reload, each as a child. With --root= the
/// configuration is read from a tree, and units can be looked at before a system has them.
/// </summary>
internal static class GeneratorCommand
{
    private const int RootOption = 0x100;

    private static readonly LongOption[] s_options = [new("root", OptionArgument.Required, RootOption)];

    internal static int Run(CommandInvocation invocation)
    {
        var output = invocation.Output;
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "", s_options, output.Error);
        string? root = null;
        while (reader.Next() is not OptionReader.End and var option)
        {
            if (option != RootOption)
            {
                return EntryPoint.UsageError;
            }

            root = reader.Argument;
        }

        if (reader.Operands is not [var name, var normal, ..] operands || operands.Length is not (2 or 4))
        {
            return output.Fail("A generator has a name and one or three directories.");
        }

        if (GeneratorTable.ByName(name) is not { } row)
        {
            return output.Fail($"There is no generator '{name}'.");
        }

        var outputs = Array.ConvertAll([normal, operands.Length == 4 ? operands[2] : normal, operands.Length == 4 ? operands[3] : normal], Path.GetFullPath);
        return row.Run(new GeneratorInvocation(name, root, new RealFileSystem(root), new RealFileSystem(), outputs[0], outputs[1], outputs[2], output));
    }
}
