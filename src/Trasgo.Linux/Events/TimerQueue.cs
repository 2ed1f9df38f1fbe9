namespace Trasgo.Linux;

/// <summary>The timers of one clock: a heap by deadline, and one timerfd that is set only when the earliest deadline changes.</summary>
internal sealed class TimerQueue(EventLoop loop, Clock clock) : IDisposable
{
    private TimerSource[] _heap = new TimerSource[8];
    private int _count;
    private TimerDescriptor? _descriptor;

    public Clock Clock { get; } = clock;

    public ulong? Next => _count > 0 ? _heap[0].Deadline : null;

    /// <summary>The wall clock was set: only the realtime queue can say so.</summary>
    public Action? Jumped { get; set; }

    public void Add(TimerSource timer)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, _count * 2);
        }

        Place(timer, _count++);
        Up(timer.HeapIndex);
    }

    public void Remove(TimerSource timer)
    {
        var index = timer.HeapIndex;
        if (index < 0)
        {
            return;
        }

        timer.HeapIndex = -1;
        var last = _heap[--_count];
        _heap[_count] = null!;
        if (!ReferenceEquals(last, timer))
        {
            Place(last, index);
            Up(index);
            Down(last.HeapIndex);
        }
    }

    /// <summary>Moves what is due to the loop's pending sources.</summary>
    public void Collect()
    {
        while (_count > 0 && _heap[0].Deadline <= loop.Now(Clock))
        {
            var due = _heap[0];
            Remove(due);
            loop.MakePending(due);
        }
    }

    /// <summary>Before the loop sleeps: the kernel's timer is set to the earliest deadline.</summary>
    public void Arm()
    {
        if (_count > 0 || Jumped is not null)
        {
            _descriptor ??= new TimerDescriptor(loop, Clock, () => Jumped?.Invoke());
            _descriptor.Set(Next ?? TimerSource.Never);
        }
        else
        {
            _descriptor?.Clear();
        }
    }

    public void Dispose() => _descriptor?.Dispose();

    private void Place(TimerSource timer, int index)
    {
        _heap[index] = timer;
        timer.HeapIndex = index;
    }

    private void Up(int index)
    {
        var timer = _heap[index];
        while (index > 0 && timer.Deadline < _heap[(index - 1) / 2].Deadline)
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
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && _heap[child + 1].Deadline < _heap[child].Deadline)
            {
                child++;
            }

            if (_heap[child].Deadline >= timer.Deadline)
            {
                break;
            }

            Place(_heap[child], index);
            index = child;
        }

        Place(timer, index);
    }
}
