using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Remote;

/// <summary>Calls of the daemon's own object.</summary>
internal static class DaemonCalls
{
    public const string Name = "org.freedesktop.DBus";
    public const string Path = "/org/freedesktop/DBus";

    public static BusMessage New(string member) => BusMessage.Call(Name, Path, Name, member);

    /// <summary>AddMatch or RemoveMatch for the changes of one name's owner.</summary>
    public static BusMessage OwnerMatch(string member, string name)
    {
        var call = New(member);
        call.Flags = MessageFlags.NoReplyExpected;
        call.Body.String($"type='signal',sender='{Name}',path='{Path}',interface='{Name}',member='NameOwnerChanged',arg0='{name}'");
        return call;
    }
}
