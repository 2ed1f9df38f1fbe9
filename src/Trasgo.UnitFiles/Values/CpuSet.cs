using System.Globalization;
using System.Text;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// A set of CPUs or NUMA nodes. The bytes are the bit mask of sched_setaffinity(2), and their number is what the bus shows:
/// systemd's allocation, which grows by whole words and never shrinks.
/// </summary>
internal sealed class CpuSet
{
    /// <summary>Twice the largest CONFIG_NR_CPUS; systemd's own bound is an allocation failure.</summary>
    public const int MaxCpu = 16383;

    private byte[] _bits = [];

    public ReadOnlySpan<byte> Bits => _bits;

    /// <summary>False only for a set that was never given a value.</summary>
    public bool IsSet => _bits.Length > 0;

    public static CpuSet FromBits(ReadOnlySpan<byte> bits)
    {
        var set = new CpuSet();
        for (var i = 0; i < bits.Length * 8; i++)
        {
            if ((bits[i / 8] & (1 << (i % 8))) != 0)
            {
                set.Add(i);
            }
        }

        return set;
    }

    /// <summary>Room for the CPU without adding it: an invalid range still makes a set of its own.</summary>
    public void Reserve(int cpu)
    {
        var words = (cpu / 64) + 1;
        if (_bits.Length < words * 8)
        {
            Array.Resize(ref _bits, words * 8);
        }
    }

    public void Add(int cpu)
    {
        Reserve(cpu);
        _bits[cpu / 8] |= (byte)(1 << (cpu % 8));
    }

    public void AddAll(CpuSet other)
    {
        if (other.IsSet)
        {
            Reserve((other._bits.Length * 8) - 1);
        }

        for (var i = 0; i < other._bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    public void Clear() => _bits = [];

    public bool Contains(int cpu) => cpu >= 0 && cpu / 8 < _bits.Length && (_bits[cpu / 8] & (1 << (cpu % 8))) != 0;

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var bits in _bits)
            {
                count += int.PopCount(bits);
            }

            return count;
        }
    }

    /// <summary>"0-3 8"</summary>
    public override string ToString()
    {
        var result = new StringBuilder();
        var size = _bits.Length * 8;
        for (var from = 0; from < size; from++)
        {
            if (!Contains(from))
            {
                continue;
            }

            var to = from;
            while (Contains(to + 1))
            {
                to++;
            }

            result.Append(result.Length > 0 ? " " : "");
            result.Append(CultureInfo.InvariantCulture, $"{from}");
            if (to > from)
            {
                result.Append(CultureInfo.InvariantCulture, $"-{to}");
            }

            from = to;
        }

        return result.ToString();
    }
}
