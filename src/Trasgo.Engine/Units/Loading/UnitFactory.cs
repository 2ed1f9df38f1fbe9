using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

internal static class UnitFactory
{
    public static Unit Create(EngineContext context, UnitName name) => name.Type switch
    {
        UnitType.Service => new Service(context, name),
        UnitType.Target => new Target(context, name),
        UnitType.Slice => new Slice(context, name),
        UnitType.Scope => new Scope(context, name),
        UnitType.Mount => new Mount(context, name),
        UnitType.Device => new Device(context, name),
        UnitType.Socket => new Socket(context, name),
        UnitType.Swap => new Swap(context, name),
        UnitType.Automount => new Automount(context, name),
        UnitType.Timer => new TimerUnit(context, name),
        UnitType.Path => new PathUnit(context, name),
        UnitType.Snapshot => new Snapshot(context, name),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name.Type, message: null),
    };
}
