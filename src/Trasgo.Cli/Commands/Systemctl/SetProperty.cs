namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>set-property: placeholder.</summary>
internal static class SetProperty
{
    internal static int Run(SystemctlContext context, string[] arguments) =>
        context.Output.Fail("set-property is not there yet.");
}
