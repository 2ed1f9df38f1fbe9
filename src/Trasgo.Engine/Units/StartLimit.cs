using Trasgo.Engine.State;

namespace Trasgo.Engine.Units;

/// <summary>
/// StartLimitBurst= starts within StartLimitIntervalSec= are let through, the rest refused until the interval, counted from
/// the first of them, has passed (systemd.unit(5)). Either value zero switches the limit off.
/// </summary>
internal sealed class StartLimit
{
    private ulong _begin;
    private uint _count;

    public ulong IntervalUsec { get; set; }

    public uint Burst { get; set; }

    /// <summary>When the interval that counts now is over.</summary>
    public ulong EndUsec => _begin + IntervalUsec;

    public bool TryPass(ulong nowUsec)
    {
        if (IntervalUsec == 0 || Burst == 0)
        {
            return true;
        }

        if (_begin == 0 || nowUsec - _begin > IntervalUsec)
        {
            _begin = nowUsec;
            _count = 1;
            return true;
        }

        if (_count < Burst)
        {
            _count++;
            return true;
        }

        return false;
    }

    public void Reset()
    {
        _begin = 0;
        _count = 0;
    }

    public void Save(StateRecord record, string key)
    {
        if (_begin != 0)
        {
            record.Add(key, StateRecord.Text(_begin), StateRecord.Text(_count));
        }
    }

    public void Restore(StateRecord record, string key)
    {
        foreach (var words in record.All(key, 2))
        {
            if (StateRecord.TryNumber(words[0], out var begin) && StateRecord.TryNumber(words[1], out var count) && count <= uint.MaxValue)
            {
                (_begin, _count) = (begin, (uint)count);
            }
        }
    }
}
