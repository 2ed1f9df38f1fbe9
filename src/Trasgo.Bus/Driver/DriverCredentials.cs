using Trasgo.Bus.Objects;
using Trasgo.Bus.Server;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Driver;

/// <summary>Who stands behind a name, as the kernel knows.</summary>
internal static class DriverCredentials
{
    public static void UnixUser(BusDriver driver, BusCall call) =>
        Answer(driver, call, static (writer, who) => writer.UInt32(who.Uid));

    public static void ProcessId(BusDriver driver, BusCall call) =>
        Answer(driver, call, static (writer, who) => writer.UInt32((uint)who.Pid));

    public static void All(BusDriver driver, BusCall call) => Answer(driver, call, static (writer, who) =>
    {
        writer.BeginArray("{sv}");
        Number(writer, "UnixUserID", who.Uid);
        Number(writer, "ProcessID", (uint)who.Pid);
        writer.EndArray();
    });

    private static void Answer(BusDriver driver, BusCall call, Action<MessageWriter, (uint Uid, int Pid)> write)
    {
        var name = call.Arguments.String();
        if (name == BusDriver.Name || driver.Server.IsOwnName(name))
        {
            call.Reply(writer => write(writer, (driver.Server.Options.OwnUid, Environment.ProcessId)));
        }
        else if (driver.Server.FindPeer(name) is { } peer)
        {
            call.Reply(writer => write(writer, (peer.Uid, peer.Pid)));
        }
        else
        {
            DriverNames.NoOwner(call, name);
        }
    }

    private static void Number(MessageWriter writer, string key, uint value)
    {
        writer.BeginDictEntry();
        writer.String(key);
        writer.BeginVariant("u");
        writer.UInt32(value);
        writer.EndVariant();
        writer.EndDictEntry();
    }
}
