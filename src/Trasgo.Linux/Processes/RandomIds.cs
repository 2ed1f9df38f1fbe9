namespace Trasgo.Linux;

/// <summary>
/// Random UUIDs of version 4 as sd_id128_randomize(3) makes them, in 32 hexadecimal digits. What is random is asked of the kernel for many at once; the
/// cryptography library would take 4 MB of memory for it, and <see cref="Guid.NewGuid"/> a read of /dev/urandom for each.
/// </summary>
internal static unsafe class RandomIds
{
    private const int Size = 16;

    /// <summary>The kernel gives up to 256 bytes in one piece, whatever signals come (getrandom(2)).</summary>
    private const int AtOnce = 256 / Size;
    private const uint NonBlock = 1;

    // Each thread has its own, so that none waits for another: the manager has one that asks, a test host many.
    [ThreadStatic]
    private static byte[]? t_pool;

    [ThreadStatic]
    private static int t_left;

    public static string Next()
    {
        var pool = t_pool ??= new byte[Size * AtOnce];
        if (t_left == 0 && !Refill(pool))
        {
            // At an early boot the kernel has nothing to swear to yet, and PID 1 does not wait for it.
            return Guid.NewGuid().ToString("N");
        }

        t_left -= Size;
        var id = pool.AsSpan(t_left, Size);
        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        var text = Convert.ToHexStringLower(id);
        id.Clear();
        return text;
    }

    private static bool Refill(byte[] pool)
    {
        fixed (byte* start = pool)
        {
            if (Libc.getrandom(start, (nuint)pool.Length, NonBlock) != pool.Length)
            {
                return false;
            }
        }

        t_left = pool.Length;
        return true;
    }
}
