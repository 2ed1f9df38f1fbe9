using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Manager.Bus;

namespace Trasgo.Manager.Tests.Bus;

/// <summary>What others than root may do: a method that is added without a thought is refused to them.</summary>
public sealed class PermissionsTests
{
    private static readonly string[] s_openOfManager =
    [
        "GetUnit", "GetUnitByPID", "GetUnitByInvocationID", "GetUnitByControlGroup", "LoadUnit", "UnrefUnit", "GetUnitProcesses",
        "AttachProcessesToUnit", "GetJob", "GetJobAfter", "GetJobBefore", "ListUnits", "ListUnitsFiltered", "ListUnitsByPatterns", "ListUnitsByNames", "ListJobs",
        "Subscribe", "Unsubscribe", "Dump", "DumpUnitsMatchingPatterns", "DumpByFileDescriptor", "DumpUnitsMatchingPatternsByFileDescriptor",
        "ListUnitFiles", "ListUnitFilesByPatterns", "GetUnitFileState", "GetDefaultTarget", "GetUnitFileLinks",
        "LookupDynamicUserByName", "LookupDynamicUserByUID", "GetDynamicUsers",
    ];

    [Fact]
    public void Manager_OpenToEverybody_AreQuestionsAndWhatLooksAtTheCallerItself()
    {
        using var world = new BusWorld();
        Assert.Equal(s_openOfManager, Open(ManagerInterface.Table, world.Bus));
    }

    [Fact]
    public void Unit_OpenToEverybody_AreQuestionsAndWhatLooksAtTheCallerItself()
    {
        using var world = new BusWorld();
        var view = new UnitView(world.Bus, world.Units.Service("ExecStart=/daemon"));
        Assert.Equal(["Unref"], Open(TypeInterfaces.Unit, view));
        Assert.Equal(["GetProcesses", "AttachProcesses"], Open(TypeInterfaces.Of(view.Unit.Type), view));
    }

    [Theory]
    [InlineData("StartUnit", "org.freedesktop.systemd1.manage-units", "start")]
    [InlineData("KillUnit", "org.freedesktop.systemd1.manage-units", "kill")]
    [InlineData("ReloadOrTryRestartUnit", "org.freedesktop.systemd1.manage-units", "reload-or-try-restart")]
    [InlineData("SetUnitProperties", "org.freedesktop.systemd1.manage-units", "set-property")]
    [InlineData("EnableUnitFiles", "org.freedesktop.systemd1.manage-unit-files", null)]
    [InlineData("SetDefaultTarget", "org.freedesktop.systemd1.manage-unit-files", null)]
    [InlineData("Reload", "org.freedesktop.systemd1.reload-daemon", null)]
    [InlineData("UnsetAndSetEnvironment", "org.freedesktop.systemd1.set-environment", null)]
    [InlineData("SetExitCode", null, null)]
    public void Manager_Method_NeedsItsAction(string name, string? action, string? verb)
    {
        using var world = new BusWorld();
        var need = Of(ManagerInterface.Table, ManagerInterface.Table.FindMethod(name)!, world.Bus);
        Assert.NotNull(need);
        Assert.Equal((action, verb), (need.Action, need.Verb));
    }

    private static IEnumerable<string> Open(BusInterface table, object target) =>
        table.Members.OfType<BusMethod>().Where(method => Of(table, method, target) is null).Select(static method => method.Name);

    private static Permission? Of(BusInterface table, BusMethod method, object target)
    {
        using var message = BusMessage.Call("a.b", "/", table.Name, method.Name);
        switch (method.In)
        {
            case ['s', ..]: message.Body.String("a.service"); break;
            case ['u', ..]: message.Body.UInt32(4711); break;
            default: break;
        }

        return Permissions.Of(table, method, new BusCall(NoCaller.Instance, message, target));
    }

    private sealed class NoCaller : ICaller
    {
        public static NoCaller Instance { get; } = new();

        public string? UniqueName => ":1.9";

        public bool IsPrivileged => false;

        public uint Uid => 1000;

        public uint Gid => 1000;

        public int Pid => 0;

        public bool Subscribed { get; set; }

        public bool IsConnected => true;

        public void Send(BusMessage message) => throw new InvalidOperationException("nothing is to be sent");
    }
}
