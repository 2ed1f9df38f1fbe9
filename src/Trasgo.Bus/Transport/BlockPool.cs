using Trasgo.Linux;

namespace Trasgo.Bus.Transport;

/// <summary>
/// The blocks that hold what peers have not read. The few that ordinary replies take are kept for the next; the rest, which only a
/// peer that does not read makes necessary, go back to the kernel.
/// </summary>
internal sealed class BlockPool : IDisposable
{
    private const int KeptAtMost = 4;
    private readonly Stack<MemoryBlock> _free = new(KeptAtMost);

    /// <summary>A block with whatever was in it; null where the kernel has none.</summary>
    public MemoryBlock? Rent() =>
        _free.TryPop(out var block) ? block : MemoryBlock.Allocate() is { Ok: true, Value: var made } ? made : null;

    public void Return(MemoryBlock block)
    {
        if (_free.Count < KeptAtMost)
        {
            _free.Push(block);
        }
        else
        {
            block.Dispose();
        }
    }

    public void Dispose()
    {
        while (_free.TryPop(out var block))
        {
            block.Dispose();
        }
    }
}
