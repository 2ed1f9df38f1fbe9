namespace Trasgo.Bus.Objects;

/// <summary>What lies at a path: the thing, and the tables that speak of it.</summary>
internal sealed record BusObject(object Target, IReadOnlyList<BusInterface> Interfaces);
