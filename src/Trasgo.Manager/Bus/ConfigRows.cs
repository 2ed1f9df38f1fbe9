using Trasgo.Bus.Objects;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager.Bus;

/// <summary>Properties that a configuration's directive rows show: by name, or a whole shared section in its own order.</summary>
internal sealed class ConfigRows<TConfig>(DirectiveTable<TConfig> table, Func<Unit, TConfig> select)
{
    /// <summary>A name that no row has is left out; the test that compares with systemd tells of it.</summary>
    public IEnumerable<BusMember> Of(params string[] names)
    {
        foreach (var name in names)
        {
            if (table.FindBus(name) is { } row)
            {
                yield return Property(row);
            }
        }
    }

    /// <summary>All rows of a shared section that are shown, but for Slice=: what counts is the slice that the unit is in.</summary>
    public IEnumerable<BusMember> All<TShared>(IReadOnlyList<Directive<TShared>> section)
    {
        foreach (var shared in section)
        {
            if (shared.IsShown && shared.BusName != "Slice" && table.FindBus(shared.BusName) is { } row)
            {
                yield return Property(row);
            }
        }
    }

    private BusProperty Property(Directive<TConfig> row) => BusTable<UnitView>.Property(
        row.BusName,
        row.BusSignature,
        (view, writer) => row.WriteBus(select(view.Unit), DirectiveWriter.Over(writer)),
        FlagsOf(row.BusFlags));

    private static MemberFlags FlagsOf(BusFlags flags) =>
        (flags.HasFlag(BusFlags.Const) ? MemberFlags.Const : MemberFlags.None) |
        (flags.HasFlag(BusFlags.EmitsChange) ? MemberFlags.EmitsChange : MemberFlags.None) |
        (flags.HasFlag(BusFlags.EmitsInvalidation) ? MemberFlags.EmitsInvalidation : MemberFlags.None);
}
