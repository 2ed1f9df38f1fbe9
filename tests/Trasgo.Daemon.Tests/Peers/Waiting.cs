using System.Diagnostics;

namespace Trasgo.Daemon.Tests.Peers;

/// <summary>Asks another program's state until it is as expected; what never comes fails the test.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    public static T For<T>(string what, Func<T?> look)
        where T : class
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (look() is { } found)
            {
                return found;
            }

            Assert.True(watch.Elapsed < s_limit, "waited in vain for " + what);
            Thread.Sleep(5);
        }
    }

    public static void Until(string what, Func<bool> look) => For(what, () => look() ? "" : null);
}
