namespace Trasgo.Linux;

/// <summary>
/// Where in its window a wake-up is put. A host whose programs all prefer the same moments wakes up less often than one where each takes
/// its own, and a network whose hosts differ in theirs is not overrun by all of them at once. So wake-ups are at the same offset in every minute, or
/// if the window is too short for that in every ten seconds, second or quarter of a second; the offset follows from the boot's identifier,
/// as in sd-event and so in every program that uses it. Without any of these in the window its end is taken: others may join until then.
/// </summary>
internal static class WakeUps
{
    public const ulong Minute = 60_000_000;

    private static readonly ulong[] s_steps = [Minute, 10_000_000, 1_000_000, 250_000];

    /// <summary>A moment in the window; its beginning where it is empty. A timer at 0 is long due.</summary>
    public static ulong Choose(ulong earliest, ulong latest, ulong perturbation)
    {
        if (latest <= earliest + 1 || earliest is 0 or TimerSource.Never)
        {
            return earliest;
        }

        foreach (var step in s_steps)
        {
            var candidate = (latest / step * step) + (perturbation % step);
            if (candidate >= latest)
            {
                if (candidate < step)
                {
                    return latest;
                }

                candidate -= step;
            }

            if (candidate >= earliest)
            {
                return candidate;
            }
        }

        return latest;
    }

    /// <summary>The offset for a boot (or a machine), whose identifier is 32 hexadecimal digits, with or without hyphens.</summary>
    public static ulong PerturbationOf(string identifier)
    {
        if (!Guid.TryParse(identifier, out var id))
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[8..])) % Minute;
    }
}
