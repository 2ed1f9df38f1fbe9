using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager.Bus;

/// <summary>What clients do to a unit other than asking for jobs.</summary>
internal static class UnitActions
{
    private const int SignalMax = 64;
    private const string NotReferenced = "org.freedesktop.systemd1.NotReferenced";

    public static void Kill(ManagerBus bus, Unit unit, BusCall call)
    {
        var (word, signo) = (call.Arguments.String(), call.Arguments.Int32());
        KillWhom? whom = word switch
        {
            "" or "all" => KillWhom.All,
            "main" => KillWhom.Main,
            "control" => KillWhom.Control,
            "main-fail" => KillWhom.MainFail,
            "control-fail" => KillWhom.ControlFail,
            "all-fail" => KillWhom.AllFail,
            _ => null,
        };
        if (whom is null)
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Invalid who argument {word}");
        }
        else if (signo is < 1 or > SignalMax)
        {
            call.Fail(BusErrorNames.InvalidArgs, "Signal number out of range.");
        }
        else
        {
            call.Finish(new UnitKiller(bus.Manager.Engine).Kill(unit, whom.Value, signo));
        }
    }

    public static void ResetFailed(ManagerBus bus, Unit unit, BusCall call)
    {
        unit.ResetFailed();
        call.Reply();
    }

    public static void SetProperties(ManagerBus bus, Unit unit, BusCall call)
    {
        var runtime = call.Arguments.Boolean();
        if (UnitSettings.Read(bus, unit, call.Arguments, forCreation: false, out var changes) is { } failure)
        {
            call.Finish(failure);
            return;
        }

        call.Finish(changes.Settings.Count == 0 ? null : bus.Manager.SetProperties(unit, runtime, changes.Settings));
    }

    public static void Ref(ManagerBus bus, Unit unit, BusCall call)
    {
        bus.References.Add(unit, call.Caller);
        bus.Changes.Reveal(unit);
        call.Reply();
    }

    public static void Unref(ManagerBus bus, Unit unit, BusCall call)
    {
        if (bus.References.Remove(unit, call.Caller))
        {
            call.Reply();
        }
        else
        {
            call.Fail(NotReferenced, "Unit has not been referenced yet.");
        }
    }

    public static void Freeze(ManagerBus bus, Unit unit, BusCall call) => bus.Manager.Freeze(unit, freeze: true, call.Finish);

    public static void Thaw(ManagerBus bus, Unit unit, BusCall call) => bus.Manager.Freeze(unit, freeze: false, call.Finish);

    public static void GetProcesses(ManagerBus bus, Unit unit, BusCall call) => call.Reply(writer =>
    {
        var group = bus.Manager.Engine.Processes.ControlGroupOf(unit);
        writer.BeginArray("(sus)");
        foreach (var process in UnitProcesses.Of(bus.Manager.Engine, unit))
        {
            writer.BeginStruct();
            writer.String(process.Group.Length == 0 ? group : process.Group);
            writer.UInt32((uint)process.Pid);
            writer.String(process.CommandLine);
            writer.EndStruct();
        }

        writer.EndArray();
    });

    public static void RefuseLiveMount(ManagerBus bus, Unit unit, BusCall call) =>
        call.Fail(BusErrorNames.NotSupported, "Mounting into the namespace of a running unit is not supported by this version.");
}
