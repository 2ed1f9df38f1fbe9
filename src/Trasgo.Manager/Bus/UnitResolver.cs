using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Units by the label in their path: a name, which loads the unit as every mention does; 32 hexadecimal digits, which are
/// the id of an invocation and never load anything; or "self", the unit that the client is a process of.
/// </summary>
internal sealed class UnitResolver(ManagerBus bus) : IObjectResolver
{
    private const string NoUnitForInvocation = "org.freedesktop.systemd1.NoUnitForInvocationID";

    public BusObject? Find(string path, ICaller caller, out BusError? failure)
    {
        failure = null;
        var label = path[(BusPaths.Units.Length + 1)..];
        var units = bus.Manager.Engine.Units;
        if (label == "self")
        {
            return Show(units.OwnerOf(caller.Pid));
        }

        var text = BusLabel.Unescape(label);
        if (Guid.TryParseExact(text, "N", out var id) || Guid.TryParseExact(text, "D", out id))
        {
            var invocation = id.ToString("N");
            var found = units.FindInvocation(invocation);
            failure = found is null ? new BusError(NoUnitForInvocation, $"No unit with the specified invocation ID {invocation} known.") : null;
            return Show(found);
        }

        if (!UnitName.TryParse(text, UnitNameFlags.Plain | UnitNameFlags.Instance, out _))
        {
            failure = new BusError(BusErrorNames.InvalidArgs, $"Unit name {CEscape.Encode(text)} is neither a valid invocation ID nor unit name.");
            return null;
        }

        return Show(bus.Lookup.Load(text, out _));
    }

    public IEnumerable<string> Children()
    {
        foreach (var unit in bus.Manager.Engine.Units.All)
        {
            yield return BusPaths.OfUnit(unit.Id);
        }
    }

    private BusObject? Show(Unit? unit)
    {
        if (unit is null)
        {
            return null;
        }

        bus.Changes.Reveal(unit);
        return new BusObject(new UnitView(bus, unit), [TypeInterfaces.Of(unit.Type), TypeInterfaces.Unit]);
    }
}
