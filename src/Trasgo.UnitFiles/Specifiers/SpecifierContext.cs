using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Specifiers;

/// <summary>What the specifiers of one unit stand for.</summary>
internal sealed class SpecifierContext(UnitName unit, ISpecifierHost host, RuntimeScope scope = RuntimeScope.System)
{
    public UnitName Unit { get; } = unit;

    public ISpecifierHost Host { get; } = host;

    public RuntimeScope Scope { get; } = scope;

    /// <summary>For %y and %Y.</summary>
    public string? FragmentPath { get; init; }

    /// <summary>DefaultInstance= of a template that is being installed: then %i, %n and %N speak of that instance.</summary>
    public string? DefaultInstance { get; init; }

    /// <summary>For %c, %R and %r: the unit's control group, the manager's root and the slice's.</summary>
    public string ControlGroup { get; init; } = "";

    public string ControlGroupRoot { get; init; } = "";

    public string SliceControlGroup { get; init; } = "";
}
