using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>The columns of ListUnits.</summary>
internal static class UnitRows
{
    public const string Element = "(ssssssouso)";

    /// <summary>The client sees the unit, and will be told what becomes of it.</summary>
    public static void Write(ManagerBus bus, MessageWriter writer, Unit unit)
    {
        bus.Changes.Reveal(unit);
        writer.BeginStruct();
        writer.String(unit.Id);
        writer.String(unit.Description);
        writer.String(unit.LoadState.Name());
        writer.String(unit.ActiveState.Name());
        writer.String(unit.SubState);
        writer.String("");
        writer.ObjectPath(BusPaths.OfUnit(unit.Id));
        writer.UInt32(unit.Job?.Id ?? 0);
        writer.String(unit.Job?.Type.Name() ?? "");
        writer.ObjectPath(unit.Job is { } job ? BusPaths.OfJob(job.Id) : "/");
        writer.EndStruct();
    }
}
