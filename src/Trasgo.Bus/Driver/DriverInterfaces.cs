using Trasgo.Bus.Objects;

namespace Trasgo.Bus.Driver;

/// <summary>The tables of the driver's object.</summary>
internal static class DriverInterfaces
{
    public static readonly BusInterface Bus = new(BusDriver.Name,
    [
        Method("Hello", "", [], "s", ["unique_name"], DriverNames.Hello),
        Method("RequestName", "su", ["name", "flags"], "u", ["result"], DriverNames.Refuse),
        Method("ReleaseName", "s", ["name"], "u", ["result"], DriverNames.Refuse),
        Method("StartServiceByName", "su", ["name", "flags"], "u", ["result"], DriverNames.StartServiceByName),
        Method("NameHasOwner", "s", ["name"], "b", ["has_owner"], DriverNames.NameHasOwner),
        Method("ListNames", "", [], "as", ["names"], DriverNames.ListNames),
        Method("ListActivatableNames", "", [], "as", ["names"], DriverNames.ListActivatableNames),
        Method("AddMatch", "s", ["rule"], "", [], DriverMatches.Add),
        Method("RemoveMatch", "s", ["rule"], "", [], DriverMatches.Remove),
        Method("GetNameOwner", "s", ["name"], "s", ["unique_name"], DriverNames.GetNameOwner),
        Method("ListQueuedOwners", "s", ["name"], "as", ["queued_owners"], DriverNames.ListQueuedOwners),
        Method("GetConnectionUnixUser", "s", ["name"], "u", ["user_id"], DriverCredentials.UnixUser),
        Method("GetConnectionUnixProcessID", "s", ["name"], "u", ["process_id"], DriverCredentials.ProcessId),
        Method("GetConnectionCredentials", "s", ["name"], "a{sv}", ["credentials"], DriverCredentials.All),
        Method("GetAdtAuditSessionData", "s", ["name"], "ay", ["data"], DriverNames.Refuse),
        Method("GetConnectionSELinuxSecurityContext", "s", ["name"], "ay", ["label"], DriverNames.Refuse),
        Method("UpdateActivationEnvironment", "a{ss}", ["environment"], "", [], DriverNames.Refuse),
        Method("GetId", "", [], "s", ["id"], static (driver, call) => call.ReplyString(driver.Server.Options.Guid)),
        BusTable<BusDriver>.Strings("Features", static _ => ["HeaderFiltering"], MemberFlags.Const),
        BusTable<BusDriver>.Strings("Interfaces", static _ => [Monitoring!.Name], MemberFlags.Const),
        BusTable<BusDriver>.Signal("NameOwnerChanged", "sss", "name", "old_owner", "new_owner"),
        BusTable<BusDriver>.Signal("NameLost", "s", "name"),
        BusTable<BusDriver>.Signal("NameAcquired", "s", "name"),
    ]);

    public static readonly BusInterface Monitoring = new("org.freedesktop.DBus.Monitoring",
    [
        Method("BecomeMonitor", "asu", ["rules", "flags"], "", [], DriverMatches.BecomeMonitor),
    ]);

    private static BusMethod Method(
        string name, string @in, string[] inNames, string @out, string[] outNames, Action<BusDriver, BusCall> handler) =>
        BusTable<BusDriver>.Method(name, @in, inNames, @out, outNames, handler);
}
