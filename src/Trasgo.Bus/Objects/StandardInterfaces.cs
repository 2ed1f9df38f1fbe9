using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>The interfaces that every object has. The target of their calls is the <see cref="ObjectVisit"/> under way.</summary>
internal static class StandardInterfaces
{
    public const string PropertiesName = "org.freedesktop.DBus.Properties";

    public static readonly BusInterface Peer = new("org.freedesktop.DBus.Peer",
    [
        BusTable<ObjectVisit>.Method("Ping", "", [], "", [], static (_, call) => call.Reply(), MemberFlags.Unprivileged),
        BusTable<ObjectVisit>.Method("GetMachineId", "", [], "s", ["machine_uuid"], static (visit, call) => MachineId(visit, call),
            MemberFlags.Unprivileged),
    ]);

    public static readonly BusInterface Introspectable = new("org.freedesktop.DBus.Introspectable",
    [
        BusTable<ObjectVisit>.Method(
            "Introspect", "", [], "s", ["xml_data"], static (visit, call) => call.ReplyString(visit.Describe()),
            MemberFlags.Unprivileged),
    ]);

    public static readonly BusInterface Properties = new(PropertiesName,
    [
        BusTable<ObjectVisit>.Method(
            "Get", "ss", ["interface_name", "property_name"], "v", ["value"], static (visit, call) => PropertyCalls.Get(visit, call),
            MemberFlags.Unprivileged),
        BusTable<ObjectVisit>.Method(
            "GetAll", "s", ["interface_name"], "a{sv}", ["props"], static (visit, call) => PropertyCalls.GetAll(visit, call),
            MemberFlags.Unprivileged),
        BusTable<ObjectVisit>.Method(
            "Set", "ssv", ["interface_name", "property_name", "value"], "", [], static (visit, call) => PropertyCalls.Set(visit, call),
            MemberFlags.Unprivileged),
        BusTable<ObjectVisit>.Signal(
            "PropertiesChanged", "sa{sv}as", "interface_name", "changed_properties", "invalidated_properties"),
    ]);

    /// <summary>In the order in which introspection shows them.</summary>
    public static readonly BusInterface[] All = [Peer, Introspectable, Properties];

    private static void MachineId(ObjectVisit visit, BusCall call)
    {
        if (visit.Tree.MachineId() is { } id)
        {
            call.ReplyString(id);
        }
        else
        {
            call.Fail(BusErrorNames.FileNotFound, "No such file or directory");
        }
    }
}
