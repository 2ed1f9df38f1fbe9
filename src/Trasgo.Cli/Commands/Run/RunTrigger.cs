using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Run;

/// <summary>A timer, a socket or a path, and the service that it starts; without a command the service is one that is there.</summary>
internal sealed class RunTrigger(RunOptions options, CommandOutput output)
{
    internal int Run(UnitType type)
    {
        if (RunNames.Pair(options, type, output) is not var (service, trigger) || ManagerBus.Connect(!options.User, output) is not { } bus)
        {
            return 1;
        }

        using (bus)
        {
            var units = new RunUnits(options, output);
            var made = new RunCall(options, output, bus).Make(type.ToText(), trigger.Text, writer => units.WriteTrigger(trigger, writer), writer =>
            {
                if (options.Command.Length == 0)
                {
                    return true;
                }

                writer.BeginStruct();
                writer.String(service.Text);
                var good = units.WriteService(service, writer);
                writer.EndStruct();
                return good;
            });
            if (!made)
            {
                return 1;
            }
        }

        if (!options.Quiet)
        {
            output.Info($"Running {type.ToText()} as unit: {trigger.Text}");
            if (options.Command.Length > 0)
            {
                output.Info($"Will run service as unit: {service.Text}");
            }
        }

        return 0;
    }
}
