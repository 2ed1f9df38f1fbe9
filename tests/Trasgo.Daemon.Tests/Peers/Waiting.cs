using Trasgo.Tests.Shared;

namespace Trasgo.Daemon.Tests.Peers;

/// <summary>Asks another program's state until it is as expected; what never comes fails the test.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    public static T For<T>(string what, Func<T?> look)
        where T : class
    {
        T? found = null;
        Until(what, () => (found = look()) is not null);
        return found!;
    }

    public static void Until(string what, Func<bool> look) => Assert.True(Eventually.True(look, s_limit), "waited in vain for " + what);
}
