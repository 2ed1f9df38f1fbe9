using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Commands.Systemctl;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands;

/// <summary>
/// halt(8), poweroff(8) and reboot(8), which are systemctl's verbs under their old names. --force goes past the manager at once,
/// as systemctl's does when given twice.
/// </summary>
internal static class PowerCommand
{
    private const int Help = 0x100;
    private const int HaltOption = 0x101;
    private const int RebootOption = 0x102;
    private const int Accepted = 0x103;

    private static readonly LongOption[] s_options =
    [
        new("help", OptionArgument.None, Help),
        new("halt", OptionArgument.None, HaltOption),
        new("poweroff", OptionArgument.None, 'p'),
        new("reboot", OptionArgument.None, RebootOption),
        new("force", OptionArgument.None, 'f'),
        new("wtmp-only", OptionArgument.None, 'w'),
        new("no-wtmp", OptionArgument.None, Accepted),
        new("no-sync", OptionArgument.None, Accepted),
        new("no-wall", OptionArgument.None, Accepted),
    ];

    internal static int Halt(CommandInvocation invocation) => Run(invocation, "halt");

    internal static int PowerOff(CommandInvocation invocation) => Run(invocation, "poweroff");

    internal static int Reboot(CommandInvocation invocation) => Run(invocation, "reboot");

    private static int Run(CommandInvocation invocation, string verb)
    {
        var output = invocation.Output;
        var options = new SystemctlOptions();
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "pfwdnih", s_options, output.Error);
        while (reader.Next() is not OptionReader.End and var option)
        {
            switch (option)
            {
                case Help:
                    return PrintHelp(invocation.Program, output);
                case OptionReader.Bad:
                    return 1;
                case HaltOption:
                    verb = "halt";
                    break;
                case 'p' when verb != "reboot":
                    verb = "poweroff";
                    break;
                case RebootOption:
                    verb = "reboot";
                    break;
                case 'f':
                    options.Force = 2;
                    break;
                case 'w':
                    // Login records are not kept here, so there is nothing to write.
                    return 0;
                default:
                    break;
            }
        }

        if (reader.Operands.Length > (verb == "reboot" ? 1 : 0))
        {
            return output.Fail("Too many arguments.");
        }

        if (HostState.IsChroot)
        {
            output.Info("Running in chroot, ignoring request.");
            return 0;
        }

        options.RebootArgument = reader.Operands.Length > 0 ? reader.Operands[0] : null;
        using var context = new SystemctlContext(options, output, invocation.Program);
        return SystemVerbs.Run(context, [verb]);
    }

    private static int PrintHelp(string program, CommandOutput output)
    {
        output.WriteLine(
            $"""
            {Path.GetFileName(program)} [OPTIONS...]

                 --help        this text
                 --halt        halt the machine
              -p --poweroff    switch it off
                 --reboot      start it again
              -f --force       at once, without stopping services
              -w --wtmp-only, -d --no-wtmp, -n --no-sync, --no-wall
                               accepted
            """);
        return 0;
    }
}
