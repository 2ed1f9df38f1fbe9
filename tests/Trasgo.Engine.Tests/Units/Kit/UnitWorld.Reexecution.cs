using Trasgo.Engine.State;

namespace Trasgo.Engine.Tests.Units;

internal sealed partial class UnitWorld
{
    /// <summary>What nobody has taken of the descriptors that the world before this one has left.</summary>
    public int DescriptorsLeft { get; private set; }

    /// <summary>
    /// The world after the manager has executed itself anew: files, time and processes are the same, everything else comes from the state. In between,
    /// <paramref name="meanwhile"/> happens, to the state or to the world.
    /// </summary>
    public UnitWorld Reexecute(Func<byte[], byte[]>? meanwhile = null)
    {
        var shelf = new FakeShelf();
        var bytes = StateText.Write(EngineState.Save(Context, shelf));
        Loop.Dispose();
        bytes = meanwhile?.Invoke(bytes) ?? bytes;
        var next = new UnitWorld(this);
        next.Processes.TakeOver(Processes);
        EngineState.Restore(next.Context, StateText.Read(bytes, shelf, next.Log.Add));
        foreach (var unit in Context.Units.All)
        {
            if (next.Context.Units.Find(unit.Id) is { } same)
            {
                same.References = unit.References;
            }
        }

        foreach (var process in next.Processes.All)
        {
            process.Unit = next.Context.Units.Find(process.Unit.Id) ?? process.Unit;
        }

        next.DescriptorsLeft = shelf.Left;
        next.Settle();
        return next;
    }
}
