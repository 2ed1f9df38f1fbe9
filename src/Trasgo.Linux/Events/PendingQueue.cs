namespace Trasgo.Linux;

/// <summary>A binary heap of the sources that wait for their turn, by priority and then by arrival. Sources know their place, so removal is cheap.</summary>
internal sealed class PendingQueue
{
    private EventSource[] _heap = new EventSource[16];
    private long _order;

    public int Count { get; private set; }

    /// <summary>Adds the source unless it is in the queue.</summary>
    public void Add(EventSource source)
    {
        if (source.QueueIndex >= 0)
        {
            return;
        }

        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        source.QueueOrder = _order++;
        Place(source, Count++);
        Up(source.QueueIndex);
    }

    public EventSource? Take()
    {
        if (Count == 0)
        {
            return null;
        }

        var first = _heap[0];
        Remove(first);
        return first;
    }

    public void Remove(EventSource source)
    {
        var index = source.QueueIndex;
        if (index < 0)
        {
            return;
        }

        source.QueueIndex = -1;
        var last = _heap[--Count];
        _heap[Count] = null!;
        if (!ReferenceEquals(last, source))
        {
            Place(last, index);
            Up(index);
            Down(last.QueueIndex);
        }
    }

    private static bool Before(EventSource a, EventSource b) =>
        a.Priority != b.Priority ? a.Priority < b.Priority : a.QueueOrder < b.QueueOrder;

    private void Place(EventSource source, int index)
    {
        _heap[index] = source;
        source.QueueIndex = index;
    }

    private void Up(int index)
    {
        var source = _heap[index];
        while (index > 0 && Before(source, _heap[(index - 1) / 2]))
        {
            Place(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Place(source, index);
    }

    private void Down(int index)
    {
        var source = _heap[index];
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], source))
            {
                break;
            }

            Place(_heap[child], index);
            index = child;
        }

        Place(source, index);
    }
}
