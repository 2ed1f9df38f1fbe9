using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Driver;

/// <summary>What a peer wants to receive.</summary>
internal static class DriverMatches
{
    // As dbus-daemon's default for a connection.
    private const int RulesAtMost = 512;

    public static void Add(BusDriver driver, BusCall call)
    {
        var peer = ((IDriverCaller)call.Caller).Peer;
        if (MatchRule.Parse(call.Arguments.String()) is not { } rule)
        {
            call.Fail(BusErrorNames.MatchRuleInvalid, "Match rule is not valid");
        }
        else if (peer.Matches.Count >= RulesAtMost)
        {
            call.Fail(BusErrorNames.LimitsExceeded, "Connection has too many match rules");
        }
        else
        {
            peer.Matches.Add(rule);
            call.Reply();
        }
    }

    public static void Remove(BusDriver driver, BusCall call)
    {
        var peer = ((IDriverCaller)call.Caller).Peer;
        if (MatchRule.Parse(call.Arguments.String()) is not { } rule)
        {
            call.Fail(BusErrorNames.MatchRuleInvalid, "Match rule is not valid");
            return;
        }

        var index = peer.Matches.FindIndex(rule.IsSameAs);
        if (index < 0)
        {
            call.Fail(BusErrorNames.MatchRuleNotFound, "The given match rule wasn't found and can't be removed");
            return;
        }

        peer.Matches.RemoveAt(index);
        call.Reply();
    }

    public static void BecomeMonitor(BusDriver driver, BusCall call)
    {
        var peer = ((IDriverCaller)call.Caller).Peer;
        var rules = new List<MatchRule>();
        foreach (var text in call.Arguments.StringArray())
        {
            if (MatchRule.Parse(text) is not { } rule || rules.Count >= RulesAtMost)
            {
                call.Fail(BusErrorNames.MatchRuleInvalid, "Match rule is not valid");
                return;
            }

            rules.Add(rule);
        }

        call.Reply();
        peer.Matches.Clear();
        peer.Matches.AddRange(rules);
        driver.Server.BecomeMonitor(peer);

        // A monitor has no name any more. busctl prints nothing before it has heard so.
        using var lost = BusMessage.Signal(BusDriver.Path, BusDriver.Name, "NameLost");
        lost.Sender = BusDriver.Name;
        lost.Destination = peer.UniqueName;
        lost.Body.String(peer.UniqueName ?? "");
        peer.Enqueue(lost);
    }
}
