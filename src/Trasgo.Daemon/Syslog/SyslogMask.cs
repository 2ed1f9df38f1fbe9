namespace Trasgo.Daemon;

/// <summary>A set of levels, as setlogmask(3) takes it: bit <c>1 &lt;&lt; level</c> stands for a level.</summary>
/// <param name="Bits">The bits; bit 0 is <see cref="SyslogLevel.Emergency"/>, bit 7 <see cref="SyslogLevel.Debug"/>.</param>
public readonly record struct SyslogMask(byte Bits)
{
    /// <summary>Every level; what a client starts with.</summary>
    public static SyslogMask All => new(0xFF);

    /// <summary>No level at all.</summary>
    public static SyslogMask None => default;

    /// <summary>LOG_UPTO(3): the level and all that are more important.</summary>
    /// <param name="level">The least important level in the set.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    public static SyslogMask UpTo(SyslogLevel level) => new((byte)((2 << SyslogPriority.Check(level)) - 1));

    /// <summary>LOG_MASK(3): the levels that are named.</summary>
    /// <param name="levels">The levels in the set, in any order.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of <paramref name="levels"/> is not a level.</exception>
    public static SyslogMask Of(params ReadOnlySpan<SyslogLevel> levels)
    {
        int bits = 0;
        foreach (var level in levels)
        {
            bits |= 1 << SyslogPriority.Check(level);
        }

        return new((byte)bits);
    }

    /// <summary>Whether messages of the level pass.</summary>
    /// <param name="level">The level in question; what is not a level does not pass.</param>
    /// <returns>True if the level is in the set.</returns>
    public bool Contains(SyslogLevel level) => level is >= SyslogLevel.Emergency and <= SyslogLevel.Debug && (Bits & (1 << (int)level)) != 0;
}
