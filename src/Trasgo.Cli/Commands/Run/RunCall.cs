using Trasgo.Bus.Wire;
using Trasgo.Cli.Bus;
using Trasgo.Cli.Commands.Systemctl;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Run;

/// <summary>The call that makes the units, and the wait for the job that starts the first of them.</summary>
internal sealed class RunCall(RunOptions options, CommandOutput output, ManagerBus bus)
{
    private readonly SystemctlOptions _systemctl = new() { Quiet = options.Quiet, Scope = options.User ? Scope.User : Scope.System };

    /// <summary>False after saying why not.</summary>
    /// <param name="what">The kind of unit, for messages.</param>
    /// <param name="unit">Its name.</param>
    /// <param name="properties">Writes its properties, and says whether they are good.</param>
    /// <param name="auxiliary">Writes the other units.</param>
    /// <param name="wait">The job is waited for.</param>
    internal bool Make(
        string what, string unit, Func<MessageWriter, bool> properties, Func<MessageWriter, bool>? auxiliary = null, bool wait = true)
    {
        using var context = new SystemctlContext(_systemctl, output, "systemctl");
        var jobs = wait ? new JobWaiter(context, bus) : null;
        var reply = bus.CallWritten("StartTransientUnit", writer =>
        {
            writer.String(unit);
            writer.String("fail");
            var good = properties(writer);
            writer.BeginArray("(sa(sv))");
            good = good && (auxiliary is null || auxiliary(writer));
            writer.EndArray();
            return good;
        });
        if (reply is null)
        {
            return false;
        }

        if (!reply.Ok)
        {
            output.Error($"Failed to start transient {what} unit: {reply.Message}");
            return false;
        }

        jobs?.Add(reply[0].Text);
        return jobs is null || jobs.Wait() == ExitStatus.Success;
    }
}
