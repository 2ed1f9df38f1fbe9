using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>Tests the conditions and asserts of a unit against the machine as it is now (systemd.unit(5)).</summary>
internal interface IConditionTester
{
    /// <summary>
    /// All must hold, and of those marked with "|" at least one. Every outcome is left in its
    /// <see cref="Condition.Result"/>. <paramref name="failed"/> is the one that decided, where there was one.
    /// </summary>
    bool Test(Unit unit, IReadOnlyList<Condition> conditions, bool isAssert, out Condition? failed);
}
