using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>add-wants and add-requires.</summary>
internal static class AddDependency
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var options = context.Options;
        if (NameMangling.Mangle(context, arguments[1], globs: false, UnitType.Target, "as target") is not { } target)
        {
            return context.Output.Fail("Failed to mangle unit name: Invalid argument");
        }

        if (NameMangling.MangleAll(context, "as dependency", arguments[2..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        var kind = arguments[0] == "add-wants" ? "Wants" : "Requires";
        if (HostState.InstallsClientSide(options))
        {
            return InstalledFiles.AddDependency(context, names, target, kind);
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var reply = bus.Call("AddDependencyUnitFiles", "asssbb", names, target, kind, options.Runtime, options.Force > 0);
        return reply.Ok
            ? EnableUnits.Finish(context, reply[0])
            : context.Output.Fail($"Failed to add dependency: {reply.Message}");
    }
}
