using System.Runtime.InteropServices;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Jobs;

/// <summary>The dependencies of one kind that a unit has, in the order they were added.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DependencyRow(UnitDependency kind)
{
    private DependencyEdge[] _edges = new DependencyEdge[1];
    private int _count;

    public UnitDependency Kind { get; } = kind;

    public readonly ReadOnlySpan<DependencyEdge> Edges => _edges.AsSpan(0, _count);

    /// <summary>-1 where there is none. What came last goes first, mostly.</summary>
    public readonly int PositionOf(IJobUnit other)
    {
        var position = _count - 1;
        while (position >= 0 && !ReferenceEquals(_edges[position].Other, other))
        {
            position--;
        }

        return position;
    }

    public void Replace(int position, DependencyEdge edge) => _edges[position] = edge;

    public void Add(DependencyEdge edge)
    {
        if (_count == _edges.Length)
        {
            Array.Resize(ref _edges, _count * 2);
        }

        _edges[_count++] = edge;
    }

    public void RemoveAt(int position)
    {
        _count--;
        Array.Copy(_edges, position + 1, _edges, position, _count - position);
        _edges[_count] = default;
    }
}
