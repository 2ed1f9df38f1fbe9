namespace Trasgo.Inetd;

/// <summary>What has to be done with a socket unit after its line was changed.</summary>
internal enum SocketChange
{
    Stop,
    Restart,
    Start,
}

/// <summary>
/// What a new version of the files does to the sockets that were made of the old one: those whose lines are gone are closed, those that listen in
/// another way are opened anew, new ones are opened. All others, and servers that run, go on.
/// </summary>
internal static class SocketChanges
{
    private const string SocketSection = "[Socket]";

    /// <summary>Names of socket units with how they listen, before and after, to what is to be done.</summary>
    public static IEnumerable<(string Name, SocketChange Change)> Between(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var (name, listening) in before)
        {
            if (!after.TryGetValue(name, out var now))
            {
                yield return (name, SocketChange.Stop);
            }
            else if (now != listening)
            {
                yield return (name, SocketChange.Restart);
            }
        }

        foreach (var name in after.Keys)
        {
            if (!before.ContainsKey(name))
            {
                yield return (name, SocketChange.Start);
            }
        }
    }

    /// <summary>How a socket listens, by the text of its unit: what comes before changes whenever lines move.</summary>
    public static string Listening(string unitText) => unitText.IndexOf(SocketSection, StringComparison.Ordinal) is >= 0 and var at ? unitText[at..] : "";
}
