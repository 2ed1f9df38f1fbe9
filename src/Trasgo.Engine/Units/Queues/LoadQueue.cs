namespace Trasgo.Engine.Units;

/// <summary>Stubs, to be read from their files.</summary>
internal sealed class LoadQueue(EngineContext context) : UnitQueue(context, QueuePlaces.Load)
{
    protected override void Process(Unit unit) => Context.Loader.Load(unit);
}
