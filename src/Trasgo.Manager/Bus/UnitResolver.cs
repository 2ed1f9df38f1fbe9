using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Units by the label in their path: a name, which loads the unit as every mention does; 32 hexadecimal digits, which are
/// the id of an invocation and never load anything; or "self", the unit that the client is a process of.
/// </summary>
internal sealed class UnitResolver(ManagerBus bus) : IObjectResolver
{
    private const int InvocationIdDigits = 32;

    public BusObject? Find(string path, ICaller caller)
    {
        if (BusPaths.Label(path, BusPaths.Units) is not { } label)
        {
            return null;
        }

        var text = label == "self" ? "" : BusLabel.Unescape(label);
        var unit = IsInvocationId(text) ? bus.Manager.Engine.Units.FindInvocation(text)
            : text.Length == 0 ? bus.Manager.Engine.Units.OwnerOf(caller.Pid)
            : bus.Lookup.Load(text, out _);
        return unit is null ? null : new BusObject(new UnitView(bus, unit), [TypeInterfaces.Of(unit.Type), TypeInterfaces.Unit]);
    }

    public IEnumerable<string> Children()
    {
        foreach (var unit in bus.Manager.Engine.Units.All)
        {
            yield return BusPaths.OfUnit(unit.Id);
        }
    }

    private static bool IsInvocationId(string text) =>
        text.Length == InvocationIdDigits && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
