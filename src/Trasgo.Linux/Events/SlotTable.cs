namespace Trasgo.Linux;

/// <summary>
/// Turns the 64 bits that epoll hands back into a source: an index, and a generation so that an event of a source that was disposed in
/// the same round does not reach the one that took its place.
/// </summary>
internal sealed class SlotTable
{
    private readonly List<(IoSource? Source, uint Generation)> _slots = [];
    private readonly Stack<int> _free = new();

    public ulong Add(IoSource source)
    {
        if (!_free.TryPop(out var index))
        {
            index = _slots.Count;
            _slots.Add((null, 0));
        }

        var generation = _slots[index].Generation + 1;
        _slots[index] = (source, generation);
        return ((ulong)generation << 32) | (uint)index;
    }

    public IoSource? Find(ulong slot)
    {
        var index = (int)(uint)slot;
        return index < _slots.Count && _slots[index].Generation == (uint)(slot >> 32) ? _slots[index].Source : null;
    }

    public void Remove(ulong slot)
    {
        if (Find(slot) is not null)
        {
            var index = (int)(uint)slot;
            _slots[index] = (null, _slots[index].Generation);
            _free.Push(index);
        }
    }
}
