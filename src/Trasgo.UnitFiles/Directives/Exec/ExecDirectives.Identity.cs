using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Capabilities and users.</summary>
internal static partial class ExecDirectives
{
    private static readonly Enforcement s_dynamicUsers = Enforcement.Emulated("a free user id is taken, but no name service knows it");
    private static readonly Enforcement s_ipcStays = Enforcement.Ignored("shared memory and queues are left behind");

    private static Directive<ExecConfig>[] IdentityRows() =>
    [
        s_rows.Of("SecureBits", Value.SecureBits, static c => ref c.SecureBits),
        s_rows.Of("CapabilityBoundingSet", Value.CapabilitySet(startsFull: true), static c => ref c.CapabilityBoundingSet),
        s_rows.Of("AmbientCapabilities", Value.CapabilitySet(startsFull: false), static c => ref c.AmbientCapabilities),
        s_rows.Of("User", Value.UserName, static c => ref c.User),
        s_rows.Of("Group", Value.UserName, static c => ref c.Group),
        s_rows.Of("DynamicUser", Value.FatalBoolean, static c => ref c.DynamicUser, enforcement: s_dynamicUsers),
        s_rows.Of("RemoveIPC", Value.Boolean, static c => ref c.RemoveIpc, enforcement: s_ipcStays),
    ];
}
