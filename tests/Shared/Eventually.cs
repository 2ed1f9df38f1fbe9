using System.Diagnostics;

namespace Trasgo.Tests.Shared;

/// <summary>The one place where a test waits for another process without an event to wait for.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks until the answer is yes. The deadline costs time only when the test fails.</summary>
    public static bool True(Func<bool> condition, TimeSpan deadline)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > deadline)
            {
                return false;
            }

            Thread.Sleep(s_interval);
        }

        return true;
    }
}
