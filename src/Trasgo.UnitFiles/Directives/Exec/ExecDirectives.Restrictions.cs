using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Further restrictions, and names that systemd has retired.</summary>
internal static partial class ExecDirectives
{
    private static Directive<ExecConfig>[] RestrictionRows() =>
    [
        s_rows.Of("MemoryDenyWriteExecute", Value.Boolean, static c => ref c.MemoryDenyWriteExecute, enforcement: Enforcement.SystemCallFilters),
        s_rows.Of("RestrictRealtime", Value.Boolean, static c => ref c.RestrictRealtime, enforcement: Enforcement.SystemCallFilters),
        s_rows.Of("RestrictSUIDSGID", Value.Boolean, static c => ref c.RestrictSuidSgid, enforcement: Enforcement.SystemCallFilters),
        s_rows.Of("RestrictNamespaces", Value.Namespaces, static c => ref c.RestrictNamespaces, enforcement: Enforcement.SystemCallFilters),
        s_rows.Of("RestrictFileSystems", s_fileSystems, static c => ref c.RestrictFileSystems, enforcement: Enforcement.Bpf,
            show: static (c, writer) => s_fileSystems.Write(new NameFilter { IsAllowList = c.RestrictFileSystems.IsAllowList }, writer)),
        .. MountRows(),
        s_rows.Of("KeyringMode", Value.Enum(ExecWords.KeyringMode), static c => ref c.KeyringMode,
            enforcement: Enforcement.Ignored("kernel keyrings are left alone"), good: "inherit"),
        s_rows.Of("ProtectProc", Value.Enum(ExecWords.ProtectProc), static c => ref c.ProtectProc, enforcement: Enforcement.Sandboxing),
        s_rows.Of("ProcSubset", Value.Enum(ExecWords.ProcSubset), static c => ref c.ProcSubset, enforcement: Enforcement.Sandboxing),
        Sandbox("ProtectHostname", static c => ref c.ProtectHostname),
        s_rows.Of("NetworkNamespacePath", Value.Path, static c => ref c.NetworkNamespacePath, enforcement: Enforcement.Sandboxing),
        s_rows.Of("IPCNamespacePath", Value.Path, static c => ref c.IpcNamespacePath, enforcement: Enforcement.Sandboxing),
    ];

    private static Directive<ExecConfig>[] LegacyRows() =>
    [
        s_rows.Obsolete("Capabilities"),
        s_rows.View("IOScheduling", "i", static (c, writer) => writer.Int32(c.IoPriority ?? IoDefault), BusFlags.Const | BusFlags.Hidden),
    ];
}
