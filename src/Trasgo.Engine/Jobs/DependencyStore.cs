using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// The dependencies of one unit, by kind, in the order they were added. It holds one end only;
/// <see cref="Connect"/> sees to it that the unit at the other end has the inverse.
/// </summary>
internal sealed class DependencyStore(IJobUnit owner)
{
    /// <summary>As many as a service has that is nothing special.</summary>
    private const int FewKinds = 8;

    /// <summary>Those of the kinds that the unit has, which are few; sorted by kind.</summary>
    private DependencyRow[] _rows = [];

    /// <summary>A bit for each of these kinds.</summary>
    private ulong _kinds;

    /// <summary>Counts the changes of what a start pulls in.</summary>
    public uint StartVersion { get; private set; }

    /// <summary>Counts the changes of what a stop is passed on to.</summary>
    public uint StopVersion { get; private set; }

    public ReadOnlySpan<DependencyEdge> Of(UnitDependency kind) =>
        RowAt(kind, out var row) ? _rows[row].Edges : [];

    public bool Contains(UnitDependency kind, IJobUnit other) => RowAt(kind, out var row) && _rows[row].PositionOf(other) >= 0;

    /// <summary>
    /// Whether the dependency is there. Both ends have it or neither, so it is looked for at the one that has fewer: sysinit.target may be
    /// named by every unit there is.
    /// </summary>
    public bool IsConnected(UnitDependency kind, DependencyStore other)
    {
        var inverse = kind.Inverse();
        return inverse == kind || Of(kind).Length <= other.Of(inverse).Length ? Contains(kind, other.Owner) : other.Contains(inverse, Owner);
    }

    /// <summary>Adds a dependency at both ends, except for a kind that is its own inverse. True when it, or a cause of it, is new.</summary>
    public bool Connect(UnitDependency kind, DependencyStore other, DependencyOrigin origin)
    {
        var inverse = kind.Inverse();
        if (IsConnected(kind, other))
        {
            return Add(kind, other.Owner, origin, DependencyOrigin.None) |
                (inverse != kind && other.Add(inverse, Owner, DependencyOrigin.None, origin));
        }

        Append(kind, new DependencyEdge(other.Owner, origin, DependencyOrigin.None));
        if (inverse != kind)
        {
            other.Append(inverse, new DependencyEdge(Owner, DependencyOrigin.None, origin));
        }

        return true;
    }

    /// <summary>Adds one end. True when it, or a cause of it, is new.</summary>
    public bool Add(UnitDependency kind, IJobUnit other, DependencyOrigin origin, DependencyOrigin destination)
    {
        if (!RowAt(kind, out var at) || _rows[at].PositionOf(other) is not (>= 0 and var position))
        {
            Append(kind, new DependencyEdge(other, origin, destination));
            return true;
        }

        var old = _rows[at].Edges[position];
        var merged = new DependencyEdge(other, old.Origin | origin, old.Destination | destination);
        _rows[at].Replace(position, merged);
        return merged != old;
    }

    /// <summary>Takes causes away; without any left the dependency goes. True when it went.</summary>
    public bool Remove(UnitDependency kind, IJobUnit other, DependencyOrigin origin, DependencyOrigin destination)
    {
        if (!RowAt(kind, out var at) || _rows[at].PositionOf(other) is not (>= 0 and var position))
        {
            return false;
        }

        ref var row = ref _rows[at];
        var edge = row.Edges[position];
        var left = new DependencyEdge(other, edge.Origin & ~origin, edge.Destination & ~destination);
        if (left.Origin != DependencyOrigin.None || left.Destination != DependencyOrigin.None)
        {
            row.Replace(position, left);
            return false;
        }

        row.RemoveAt(position);
        Count(kind);
        return true;
    }

    public void Clear()
    {
        _rows = [];
        _kinds = 0;
        StartVersion++;
        StopVersion++;
    }

    /// <summary>The store behind <see cref="IJobUnit.NextDependency"/>: the cursor is kind and position.</summary>
    public bool Next(UnitDependencyAtom atoms, ref ulong cursor, [NotNullWhen(true)] out IJobUnit? other)
    {
        var position = (int)(uint)cursor;
        var began = RowAt((UnitDependency)(cursor >> 32), out var at);
        for (position = began ? position : 0; at < RowCount; at++, position = 0)
        {
            ref var row = ref _rows[at];
            if (position >= row.Edges.Length || (row.Kind.Atoms() & atoms) == UnitDependencyAtom.None)
            {
                continue;
            }

            other = row.Edges[position].Other;
            cursor = ((ulong)(uint)row.Kind << 32) | (uint)(position + 1);
            return true;
        }

        cursor = (ulong)UnitDependencies.Count << 32;
        other = null;
        return false;
    }

    private IJobUnit Owner => owner;

    private void Append(UnitDependency kind, DependencyEdge edge)
    {
        if (!RowAt(kind, out var at))
        {
            Insert(at, kind);
        }

        _rows[at].Add(edge);
        Count(kind);
    }

    private void Count(UnitDependency kind)
    {
        StartVersion += (kind.Atoms() & UnitDependencyAtom.PulledInByStart) != 0 ? 1U : 0;
        StopVersion += (kind.Atoms() & UnitDependencyAtom.PropagateStop) != 0 ? 1U : 0;
    }

    private int RowCount => BitOperations.PopCount(_kinds);

    /// <summary>Where the kind is, or where it belongs.</summary>
    private bool RowAt(UnitDependency kind, out int row)
    {
        var bit = 1UL << (int)kind;
        row = BitOperations.PopCount(_kinds & (bit - 1));
        return (_kinds & bit) != 0;
    }

    private void Insert(int at, UnitDependency kind)
    {
        var count = RowCount;
        if (count == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(FewKinds, count + (count / 2)));
        }

        Array.Copy(_rows, at, _rows, at + 1, count - at);
        _rows[at] = new DependencyRow(kind);
        _kinds |= 1UL << (int)kind;
    }
}
