using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Tests.Units;

/// <summary>A host whose zone a test chooses, by a rule as in $TZ.</summary>
internal sealed class FakeZones : ITimeZones
{
    public ZoneRules Local { get; private set; } = ZoneRules.Utc;

    public void MoveTo(string rule) => Local = ZoneRules.FromRule(PosixZone.Parse(rule)!);

    public ZoneRules? Find(string name) => null;
}
