using Trasgo.UnitFiles.Directives;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>The tables against what systemd 252 knows and shows.</summary>
public sealed class TableTests
{
    /// <summary>Properties that are not configuration: the manager's object tables add them between the rows.</summary>
    private static readonly string[] s_runtime =
    [
        "Id", "Names", "Following", "AccessSELinuxContext", "LoadState", "ActiveState", "FreezerState", "SubState", "FragmentPath",
        "DropInPaths", "UnitFileState", "UnitFilePreset", "CanStart", "CanStop", "CanReload", "CanIsolate", "CanClean", "CanFreeze",
        "Job", "NeedDaemonReload", "Markers", "ConditionResult", "AssertResult", "LoadError", "Transient", "Perpetual",
        "InvocationID", "Refs", "ActivationDetails", "MainPID", "ControlPID", "NFileDescriptorStore", "StatusText", "StatusErrno",
        "Result", "ReloadResult", "CleanResult", "UID", "GID", "NRestarts", "ExecMainPID", "ExecMainCode", "ExecMainStatus",
        "ControlGroup", "ControlGroupId", "MemoryCurrent", "MemoryAvailable", "CPUUsageNSec", "EffectiveCPUs",
        "EffectiveMemoryNodes", "TasksCurrent", "IPIngressBytes", "IPIngressPackets", "IPEgressBytes", "IPEgressPackets",
        "IOReadBytes", "IOReadOperations", "IOWriteBytes", "IOWriteOperations", "NConnections", "NAccepted", "NRefused",
        "NextElapseUSecRealtime", "NextElapseUSecMonotonic", "LastTriggerUSec", "LastTriggerUSecMonotonic", "ExecMount", "ExecUnmount",
        "ExecRemount", "ExecActivate", "ExecDeactivate", "Controller", "Version", "Features", "Virtualization", "Architecture", "Tainted",
        "NNames", "NFailedUnits", "NJobs", "NInstalledJobs", "NFailedJobs", "Progress", "ConfirmSpawn", "UnitPath",
        "ServiceWatchdogs", "SystemState", "ExitCode",
    ];

    public static TheoryData<string> Interfaces =>
        ["Unit", "Service", "Socket", "Timer", "Path", "Mount", "Automount", "Swap", "Slice", "Scope", "Manager"];

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Properties_OfEachInterface_AreSystemdsInItsOrder(string name)
    {
        var expected = Facts.Table("bus-properties-252.tsv").Where(f => f[0] == name && !IsRuntime(f[1]) && !(name is "Manager" && f[1] is "Environment")).Select(f => string.Join(' ', f[1..]));
        var actual = AllTables.Rows().Where(r => r.Table == name && r.IsShown).Select(r => $"{r.BusName} {r.BusSignature} {Emits(r.BusFlags)}");
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Directives_OfSystemd252_AllHaveRows()
    {
        var known = AllTables.Rows().Where(r => r.Name.Length > 0).Select(r => (r.Section, r.Name)).ToHashSet();
        var missing = Facts.Table("directives-252.tsv").Where(f => !known.Contains((f[0], f[1]))).Select(f => $"[{f[0]}] {f[1]}=");
        Assert.Empty(missing);
    }

    [Fact]
    public void Rows_ThatAreIgnored_SayWhy()
    {
        Assert.All(AllTables.Rows(), row => Assert.Equal(row.Enforcement.Kind == EnforcementKind.Enforced, row.Enforcement.Reason.Length == 0));
    }

    [Fact]
    public void Tables_LookedUpByName_FindTheirRows()
    {
        Assert.Equal("RestartUSec", ServiceDirectives.Table.Find("Service", "RestartSec")?.BusName);
        Assert.Equal("RestartSec", ServiceDirectives.Table.FindBus("RestartUSec")?.Name);
        Assert.Null(ServiceDirectives.Table.Find("Unit", "RestartSec"));
        Assert.Null(ServiceDirectives.Table.FindBus("MainPID"));
        Assert.Equal("Service", ServiceDirectives.Table.Find("Service", "User")?.Section);
        Assert.Equal("Socket", SocketDirectives.Table.Find("Socket", "User")?.Section);
    }

    private static bool IsRuntime(string property) =>
        Array.IndexOf(s_runtime, property) >= 0 || property.EndsWith("Timestamp", StringComparison.Ordinal)
        || property.EndsWith("TimestampMonotonic", StringComparison.Ordinal);

    private static string Emits(BusFlags flags) =>
        flags.HasFlag(BusFlags.Const) ? "const" : flags.HasFlag(BusFlags.EmitsChange) ? "true"
        : flags.HasFlag(BusFlags.EmitsInvalidation) ? "invalidates" : "false";
}
