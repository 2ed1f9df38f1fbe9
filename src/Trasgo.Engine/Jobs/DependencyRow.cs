using System.Runtime.InteropServices;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Jobs;

/// <summary>The dependencies of one kind that a unit has, in the order they were added.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DependencyRow(UnitDependency kind)
{
    /// <summary>Up to here a search from the front is quicker than a table, and takes no memory.</summary>
    private const int ShortList = 16;

    private DependencyEdge[] _edges = new DependencyEdge[1];

    /// <summary>Positions in a long list: sysinit.target may be named by every unit there is.</summary>
    private Dictionary<IJobUnit, int>? _index;
    private int _count;

    public UnitDependency Kind { get; } = kind;

    public readonly ReadOnlySpan<DependencyEdge> Edges => _edges.AsSpan(0, _count);

    /// <summary>-1 where there is none.</summary>
    public readonly int PositionOf(IJobUnit other)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(other, -1);
        }

        for (var i = 0; i < _count; i++)
        {
            if (ReferenceEquals(_edges[i].Other, other))
            {
                return i;
            }
        }

        return -1;
    }

    public void Replace(int position, DependencyEdge edge) => _edges[position] = edge;

    public void Add(DependencyEdge edge)
    {
        if (_count == _edges.Length)
        {
            Array.Resize(ref _edges, _count * 2);
        }

        _edges[_count] = edge;
        _index?.Add(edge.Other, _count);
        _count++;
        if (_count > ShortList && _index is null)
        {
            _index = [];
            Reindex(0);
        }
    }

    public void RemoveAt(int position)
    {
        _index?.Remove(_edges[position].Other);
        _count--;
        Array.Copy(_edges, position + 1, _edges, position, _count - position);
        _edges[_count] = default;
        Reindex(position);
    }

    private readonly void Reindex(int first)
    {
        for (var i = first; i < _count && _index is not null; i++)
        {
            _index[_edges[i].Other] = i;
        }
    }
}
