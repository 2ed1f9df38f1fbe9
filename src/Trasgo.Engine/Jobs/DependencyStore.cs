using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// The dependencies of one unit, by kind, in the order they were added. It holds one end only: whoever adds
/// a dependency adds the inverse at the other unit.
/// </summary>
internal sealed class DependencyStore
{
    private readonly List<DependencyEdge>?[] _byKind = new List<DependencyEdge>?[UnitDependencies.Count];

    /// <summary>Positions in long lists: sysinit.target may be named by every unit there is.</summary>
    private readonly Dictionary<(UnitDependency Kind, IJobUnit Other), int> _index = [];

    public ReadOnlySpan<DependencyEdge> Of(UnitDependency kind) =>
        CollectionsMarshal.AsSpan(_byKind[(int)kind]);

    public bool Contains(UnitDependency kind, IJobUnit other) => _index.ContainsKey((kind, other));

    /// <summary>True when the dependency, or a cause of it, is new.</summary>
    public bool Add(UnitDependency kind, IJobUnit other, DependencyOrigin origin, DependencyOrigin destination)
    {
        var list = _byKind[(int)kind] ??= [];
        if (!_index.TryGetValue((kind, other), out var position))
        {
            _index.Add((kind, other), list.Count);
            list.Add(new DependencyEdge(other, origin, destination));
            return true;
        }

        var old = list[position];
        var merged = new DependencyEdge(other, old.Origin | origin, old.Destination | destination);
        list[position] = merged;
        return merged != old;
    }

    /// <summary>Takes causes away; without any left the dependency goes. True when it went.</summary>
    public bool Remove(UnitDependency kind, IJobUnit other, DependencyOrigin origin, DependencyOrigin destination)
    {
        if (!_index.TryGetValue((kind, other), out var position))
            return false;

        var list = _byKind[(int)kind]!;
        var edge = list[position];
        var left = new DependencyEdge(other, edge.Origin & ~origin, edge.Destination & ~destination);
        if (left.Origin != DependencyOrigin.None || left.Destination != DependencyOrigin.None)
        {
            list[position] = left;
            return false;
        }

        list.RemoveAt(position);
        _index.Remove((kind, other));
        for (var i = position; i < list.Count; i++)
            _index[(kind, list[i].Other)] = i;
        return true;
    }

    public void Clear()
    {
        Array.Clear(_byKind);
        _index.Clear();
    }

    /// <summary>The store behind <see cref="IJobUnit.NextDependency"/>: the cursor is kind and position.</summary>
    public bool Next(UnitDependencyAtom atoms, ref ulong cursor, [NotNullWhen(true)] out IJobUnit? other)
    {
        var kind = (int)(cursor >> 32);
        var position = (int)(uint)cursor;
        for (; kind < UnitDependencies.Count; kind++, position = 0)
        {
            var list = _byKind[kind];
            if (list is null || position >= list.Count || (((UnitDependency)kind).Atoms() & atoms) == UnitDependencyAtom.None)
                continue;

            other = list[position].Other;
            cursor = ((ulong)(uint)kind << 32) | (uint)(position + 1);
            return true;
        }

        cursor = (ulong)UnitDependencies.Count << 32;
        other = null;
        return false;
    }
}
