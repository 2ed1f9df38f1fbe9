using Trasgo.Bus.Objects;
using Trasgo.Bus.Server;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Driver;

/// <summary>Who has which name. The server owns the well-known ones, so that requests for names are refused.</summary>
internal static class DriverNames
{
    private const uint AlreadyRunning = 2;

    public static void Hello(BusDriver driver, BusCall call)
    {
        var peer = ((IDriverCaller)call.Caller).Peer;
        if (peer.UniqueName is not null)
        {
            call.Fail(BusErrorNames.Failed, "Already handled an Hello message");
            return;
        }

        var name = ":1." + peer.Id;
        peer.UniqueName = name;
        call.Message.Sender = name;
        call.ReplyString(name);
        using var acquired = BusMessage.Signal(BusDriver.Path, BusDriver.Name, "NameAcquired");
        acquired.Sender = BusDriver.Name;
        acquired.Destination = name;
        acquired.Body.String(name);
        peer.Send(acquired);
        driver.NameOwnerChanged(name, "", name);
    }

    public static void NameHasOwner(BusDriver driver, BusCall call)
    {
        var owned = Owner(driver, call.Arguments.String()) is not null;
        call.Reply(writer => writer.Boolean(owned));
    }

    public static void GetNameOwner(BusDriver driver, BusCall call)
    {
        var name = call.Arguments.String();
        if (Owner(driver, name) is { } owner)
        {
            call.ReplyString(owner);
        }
        else
        {
            NoOwner(call, name);
        }
    }

    public static void ListQueuedOwners(BusDriver driver, BusCall call)
    {
        var name = call.Arguments.String();
        if (Owner(driver, name) is { } owner)
        {
            call.Reply(writer => writer.StringArray([owner]));
        }
        else
        {
            NoOwner(call, name);
        }
    }

    public static void ListNames(BusDriver driver, BusCall call)
    {
        List<string> names = [BusDriver.Name, .. driver.Server.Options.Names, BusServer.OwnUniqueName];
        foreach (var peer in driver.Server.Peers)
        {
            if (peer.UniqueName is { } name)
            {
                names.Add(name);
            }
        }

        call.Reply(writer => writer.StringArray(names));
    }

    public static void ListActivatableNames(BusDriver driver, BusCall call) =>
        call.Reply(writer => writer.StringArray([BusDriver.Name]));

    public static void StartServiceByName(BusDriver driver, BusCall call)
    {
        var name = call.Arguments.String();
        if (Owner(driver, name) is not null)
        {
            call.Reply(static writer => writer.UInt32(AlreadyRunning));
        }
        else
        {
            call.Fail(BusErrorNames.ServiceUnknown, $"The name {name} was not provided by any .service files");
        }
    }

    public static void Refuse(BusDriver driver, BusCall call) =>
        call.Fail(BusErrorNames.NotSupported, $"{call.Message.Member} is not available on a private connection.");

    public static void NoOwner(BusCall call, string name) =>
        call.Fail(BusErrorNames.NameHasNoOwner, $"Could not get owner of name '{name}': no such name");

    private static string? Owner(BusDriver driver, string name) =>
        name == BusDriver.Name ? BusDriver.Name
        : driver.Server.IsOwnName(name) ? BusServer.OwnUniqueName
        : driver.Server.FindPeer(name)?.UniqueName;
}
