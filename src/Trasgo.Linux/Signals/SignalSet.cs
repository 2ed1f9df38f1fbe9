namespace Trasgo.Linux;

/// <summary>A set of signals, as the kernel's sigset_t of 64 bits.</summary>
internal readonly record struct SignalSet(ulong Bits)
{
    /// <summary>The highest signal number.</summary>
    public const int Count = 64;

    public static SignalSet Of(params ReadOnlySpan<int> signals)
    {
        var set = default(SignalSet);
        foreach (var signo in signals)
        {
            set = set.With(signo);
        }

        return set;
    }

    public bool Contains(int signo) => (Bits & Bit(signo)) != 0;

    public SignalSet With(int signo) => new(Bits | Bit(signo));

    public SignalSet Without(int signo) => new(Bits & ~Bit(signo));

    private static ulong Bit(int signo) => 1UL << (signo - 1);
}
