namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The rows of systemd.exec(5), shared by service, socket, mount and swap units, in the order in which systemd has their
/// properties. The parts of this class are stretches of that order.
/// </summary>
internal static partial class ExecDirectives
{
    private static readonly Rows<ExecConfig> s_rows = new("");

    private static Directive<ExecConfig>[]? s_all;

    public static IReadOnlyList<Directive<ExecConfig>> All => s_all ??=
    [
        .. EnvironmentRows(),
        .. LimitRows(),
        .. RootRows(),
        .. SchedulingRows(),
        .. StandardStreamRows(),
        .. LogRows(),
        .. IdentityRows(),
        .. CredentialRows(),
        .. NamespaceRows(),
        .. LabelRows(),
        .. FilterRows(),
        .. DirectoryRows(),
        .. RestrictionRows(),
        .. LegacyRows(),
    ];

    public static Directive<TConfig>[] For<TConfig>(string section, Func<TConfig, ExecConfig> select, Func<TConfig, ExecConfig>? own = null) =>
        LiftedDirective<TConfig, ExecConfig>.Lift(section, All, select, own);
}
