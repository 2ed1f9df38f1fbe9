using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>The columns of ListUnits.</summary>
internal static class UnitRows
{
    public const string Element = "(ssssssouso)";

    public static void Write(MessageWriter writer, Unit unit)
    {
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
