using Trasgo.Cli.Bus;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl whoami [PID...]</c>, of later systemd versions: which unit a process belongs to.</summary>
internal static class WhoAmI
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        if (arguments.Length == 1)
        {
            return PrintUnit(context, bus, (uint)Libc.getpid());
        }

        var status = ExitStatus.Success;
        foreach (var text in arguments.AsSpan(1))
        {
            if (!uint.TryParse(text, out var pid))
            {
                return context.Output.Fail($"Failed to parse PID \"{text}\": Invalid argument");
            }

            status = Math.Max(status, PrintUnit(context, bus, pid));
        }

        return status;
    }

    private static int PrintUnit(SystemctlContext context, ManagerBus bus, uint pid)
    {
        var reply = bus.Call("GetUnitByPID", "u", pid);
        if (!reply.Ok)
        {
            return context.Output.Fail($"Failed to get unit for PID {pid}: {reply.Message}");
        }

        context.Output.WriteLine(ManagerBus.UnitOfPath(reply[0].Text) ?? reply[0].Text);
        return ExitStatus.Success;
    }
}
