using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Settings of [Unit] that once stood in [Service], and names without effect.</summary>
internal static partial class ServiceDirectives
{
    private const BusFlags OldProperty = BusFlags.Const | BusFlags.Hidden;

    private static readonly ListKind s_sockets = new("UNIT ...", "a.socket b@1.socket", "a.service", ExtractFlags.None)
    {
        EmptyKeeps = true,
        Item = static (word, context) =>
        {
            if (!context.ExpandUnitName(word, out var name))
            {
                return null;
            }

            if (!name.EndsWith(".socket", StringComparison.Ordinal))
            {
                context.Ignore("takes socket units only", name);
                return null;
            }

            return name;
        },
        IsValid = static name => UnitName.TryParse(name, out var unit) && unit.Type == UnitType.Socket,
    };

    /// <summary>What Sockets= adds to the dependencies of the unit.</summary>
    public static IEnumerable<Dependency> SocketDependencies(ServiceConfig config)
    {
        foreach (var socket in config.Sockets)
        {
            yield return new Dependency(UnitDependency.Wants, socket);
            yield return new Dependency(UnitDependency.After, socket);
            yield return new Dependency(UnitDependency.TriggeredBy, socket);
        }
    }

    private static Directive<ServiceConfig>[] LegacyRows() =>
    [
        Moved("StartLimitInterval", Value.Duration, static c => ref c.Unit.StartLimitInterval),
        Moved("StartLimitBurst", Value.Unsigned, static c => ref c.Unit.StartLimitBurst),
        Moved("StartLimitAction", Value.EmergencyAction, static c => ref c.Unit.StartLimitAction),
        Moved("FailureAction", Value.EmergencyAction, static c => ref c.Unit.FailureAction),
        Moved("RebootArgument", Value.String, static c => ref c.Unit.RebootArgument),
        s_rows.Obsolete("SysVStartPriority"),
        s_rows.Obsolete("BusPolicy"),
    ];

    private static AliasDirective<ServiceConfig> Moved<T>(string name, ValueKind<T> kind, Field<ServiceConfig, T> field) =>
        new(name, s_rows.Of(name, kind, field)) { BusName = name, BusFlags = OldProperty };
}
