using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>
/// The daemon of the message bus asks for services by the unit that their D-Bus service file names (SystemdService=), instead of starting
/// programs itself. It waits for the name; only that the unit cannot even be started is told back.
/// </summary>
internal sealed class Activator(ManagerBus bus)
{
    private const string InterfaceName = "org.freedesktop.systemd1.Activator";
    private const string ShuttingDown = "org.freedesktop.systemd1.ShuttingDown";

    public void OnSignal(BusMessage signal)
    {
        if (signal is not { Interface: InterfaceName, Member: "ActivationRequest", Signature: "s" })
        {
            return;
        }

        var name = signal.Read().String();
        if (Start(name) is { } failure)
        {
            bus.Manager.Engine.Log.Write(LogLevel.Debug, unit: null, $"D-Bus activation failed for {name}: {failure.Message}");
            Refuse(name, failure);
        }
    }

    private BusFailure? Start(string name)
    {
        if (bus.Link.IsGoingDown)
        {
            return new BusFailure(ShuttingDown, "Refusing activation, D-Bus is shutting down.");
        }

        if (bus.Lookup.Load(name, out var failure) is not { } unit)
        {
            return failure;
        }

        if (unit.Config.RefuseManualStart)
        {
            return new BusFailure(
                JobErrors.OnlyByDependency,
                $"Operation refused, {unit.Id} may be requested by dependency only (it is configured to refuse manual start/stop).");
        }

        return bus.Manager.Engine.AddJob(JobType.Start, unit, JobMode.Replace) is { } refusal ? new BusFailure(refusal.ErrorName, refusal.Message) : null;
    }

    private void Refuse(string name, BusFailure failure)
    {
        using var answer = BusMessage.Signal(BusPaths.Manager, InterfaceName, "ActivationFailure");
        answer.Destination = Trasgo.Bus.Remote.DaemonCalls.Name;
        answer.Body.String(name);
        answer.Body.String(failure.Name);
        answer.Body.String(failure.Message);
        bus.Message.Send(answer);
    }
}
