namespace Trasgo.Linux;

/// <summary>A heap of timers by one of their two times: when each may run, or when it must have run.</summary>
internal sealed class TimerHeap(bool byLatest)
{
    private TimerSource[] _heap = new TimerSource[8];

    public int Count { get; private set; }

    public TimerSource First => _heap[0];

    public void Add(TimerSource timer)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Count * 2);
        }

        Place(timer, Count++);
        Up(IndexOf(timer));
    }

    public void Remove(TimerSource timer)
    {
        var index = IndexOf(timer);
        if (index < 0)
        {
            return;
        }

        IndexOf(timer) = -1;
        var last = _heap[--Count];
        _heap[Count] = null!;
        if (!ReferenceEquals(last, timer))
        {
            Place(last, index);
            Up(index);
            Down(IndexOf(last));
        }
    }

    private ref int IndexOf(TimerSource timer) => ref byLatest ? ref timer.LatestIndex : ref timer.EarliestIndex;

    private ulong Key(TimerSource timer) => byLatest ? timer.Latest : timer.Deadline;

    private void Place(TimerSource timer, int index)
    {
        _heap[index] = timer;
        IndexOf(timer) = index;
    }

    private void Up(int index)
    {
        var timer = _heap[index];
        while (index > 0 && Key(timer) < Key(_heap[(index - 1) / 2]))
        {
            Place(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Place(timer, index);
    }

    private void Down(int index)
    {
        var timer = _heap[index];
        while (true)
        {
            var child = (2 * index) + 1;
            if (child >= Count)
            {
                break;
            }

            if (child + 1 < Count && Key(_heap[child + 1]) < Key(_heap[child]))
            {
                child++;
            }

            if (Key(_heap[child]) >= Key(timer))
            {
                break;
            }

            Place(_heap[child], index);
            index = child;
        }

        Place(timer, index);
    }
}
