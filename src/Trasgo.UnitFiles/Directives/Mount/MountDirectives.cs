using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The [Mount] section: systemd.mount(5), in the order of the properties. What a mounted file system really has is for the
/// engine to show under the same names.
/// </summary>
internal static class MountDirectives
{
    public const string Section = "Mount";

    private static readonly Rows<MountConfig> s_rows = new(Section);

    private static DirectiveTable<MountConfig>? s_table;

    public static DirectiveTable<MountConfig> Table => s_table ??= new(
    [
        s_rows.Of("Where", Value.Path, static c => ref c.Where),
        s_rows.Of("What", Value.String, static c => ref c.What, flags: BusFlags.EmitsChange | BusFlags.Transient),
        s_rows.Of("Options", Value.String, static c => ref c.Options, flags: BusFlags.EmitsChange | BusFlags.Transient),
        s_rows.Of("Type", Value.String, static c => ref c.Type, flags: BusFlags.EmitsChange | BusFlags.Transient),
        s_rows.Of("TimeoutSec", Value.Timeout, static c => ref c.Timeout, "TimeoutUSec"),
        s_rows.Of("DirectoryMode", Value.Mode, static c => ref c.DirectoryMode),
        s_rows.Of("SloppyOptions", Value.Boolean, static c => ref c.SloppyOptions),
        s_rows.Of("LazyUnmount", Value.Boolean, static c => ref c.LazyUnmount),
        s_rows.Of("ForceUnmount", Value.Boolean, static c => ref c.ForceUnmount),
        s_rows.Of("ReadWriteOnly", Value.Boolean, static c => ref c.ReadWriteOnly),
        .. ResourceDirectives.For(Section, static (MountConfig c) => c.Resources),
        .. ExecDirectives.For(Section, static (MountConfig c) => c.Exec),
        .. KillDirectives.For(Section, static (MountConfig c) => c.Kill),
    ]);
}
