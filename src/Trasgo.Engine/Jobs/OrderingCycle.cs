namespace Trasgo.Engine.Jobs;

/// <summary>
/// A ring in the ordering of a transaction. <see cref="Path"/> goes against the order of execution, from the
/// job that closed the ring back to <see cref="Start"/>.
/// </summary>
internal sealed record OrderingCycle(OrderedJob Start, IReadOnlyList<OrderedJob> Path, OrderedJob? Deleted);
