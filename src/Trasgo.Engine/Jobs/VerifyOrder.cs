using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// Makes sure the transaction, together with the jobs already installed, can run in some order. It walks along
/// the order of execution, depth first; to meet a job again that is on the path means a cycle. Going back along
/// the path, the first unit the request can do without loses its jobs; if there is none, the request is refused.
/// After a break the walk goes on where it stands: taking jobs away closes no new cycle, unless another job of
/// the same unit comes to the fore, and then it begins again.
/// </summary>
internal sealed class VerifyOrder(Transaction transaction, bool collectGarbage)
{
    private readonly Dictionary<IJobUnit, Node> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly List<Frame> _path = [];

    public JobRefusal? Run()
    {
        for (var i = 0; i < transaction.Units.Count; i++)
        {
            var unit = transaction.Units[i].Unit;
            if (transaction.JobsOf(unit) is null || NodeOf(unit) is not { State: NodeState.Unseen } root)
                continue;

            Push(root);
            transaction.OrderChanged = false;
            if (Walk() is { } refusal)
                return refusal;

            if (transaction.OrderChanged)
            {
                _nodes.Clear();
                _path.Clear();
                i = -1;
            }
        }

        return null;
    }

    private JobRefusal? Walk()
    {
        while (_path.Count > 0)
        {
            ref var top = ref CollectionsMarshal.AsSpan(_path)[^1];
            if (!top.MoveNext(this, out var next))
            {
                top.Node.State = NodeState.Done;
                _path.RemoveAt(_path.Count - 1);
                continue;
            }

            if (next.State == NodeState.Unseen)
            {
                Push(next);
            }
            else if (next.State == NodeState.OnPath)
            {
                if (Break(next) is { } refusal)
                    return refusal;
                if (transaction.OrderChanged)
                    return null;
            }
        }

        return null;
    }

    private void Push(Node node)
    {
        node.State = NodeState.OnPath;
        _path.Add(new Frame(node));
    }

    /// <summary>The job that counts for a unit: the foremost of the transaction, else the installed one.</summary>
    private Node? NodeOf(IJobUnit unit)
    {
        var planned = transaction.JobsOf(unit);
        if (planned is null && unit.Job is null)
            return null;

        ref var node = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, unit, out var exists);
        if (!exists)
        {
            node = planned is not null
                ? new Node(unit, planned, planned.Type, planned.IgnoreOrder)
                : new Node(unit, null, unit.Job!.Type, unit.Job.IgnoreOrder);
        }

        return node;
    }

    private JobRefusal? Break(Node start)
    {
        Node? victim = null;
        var path = new List<OrderedJob>();
        for (var i = _path.Count - 1; i >= 0; i--)
        {
            var node = _path[i].Node;
            path.Add(node.Ordered);
            if (victim is null && node.Planned is not null && !node.Planned.Owner.MattersToAnchor)
                victim = node;
            if (node == start)
                break;
        }

        Report(start.Ordered, path, victim?.Ordered);
        if (victim is null)
        {
            return new JobRefusal(
                JobErrors.TransactionOrderIsCyclic, "Transaction order is cyclic. See system logs for details.");
        }

        transaction.DeleteUnit(victim.Planned!.Owner);
        if (collectGarbage)
            transaction.CollectGarbage();
        Unwind();
        return null;
    }

    /// <summary>Leaves the part of the path behind the first job that was dropped.</summary>
    private void Unwind()
    {
        var keep = 0;
        while (keep < _path.Count && _path[keep].Node.Planned is not { IsDeleted: true })
            keep++;
        for (var i = keep; i < _path.Count; i++)
            _path[i].Node.State = NodeState.Unseen;
        _path.RemoveRange(keep, _path.Count - keep);
    }

    private void Report(OrderedJob start, List<OrderedJob> path, OrderedJob? victim)
    {
        var messages = transaction.Messages;
        for (var i = 0; i < path.Count; i++)
        {
            var what = i == 0 ? "ordering cycle" : "dependency";
            messages.Add(new(JobMessageLevel.Warning, start.Unit, $"Found {what} on {path[i]}"));
        }

        messages.Add(new(
            JobMessageLevel.Error,
            start.Unit,
            victim is { } deleted
                ? $"Job {deleted} deleted to break ordering cycle starting with {start}"
                : $"Unable to break cycle starting with {start}"));
        transaction.Cycles.Add(new OrderingCycle(start, path, victim));
    }

    private enum NodeState
    {
        Unseen,
        OnPath,
        Done,
    }

    private sealed class Node(IJobUnit unit, PlannedJob? planned, JobType type, bool ignoreOrder)
    {
        public IJobUnit Unit => unit;

        public PlannedJob? Planned => planned;

        public JobType Type => type;

        public bool IgnoreOrder => ignoreOrder;

        public NodeState State { get; set; }

        public OrderedJob Ordered => new(unit, type);
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Frame(Node node)
    {
        private bool _after;
        private ulong _cursor;

        public readonly Node Node => node;

        /// <summary>The next job that runs after the one of this frame.</summary>
        public bool MoveNext(VerifyOrder owner, out Node next)
        {
            while (true)
            {
                var atom = _after ? UnitDependencyAtom.After : UnitDependencyAtom.Before;
                while (node.Unit.NextDependency(atom, ref _cursor, out var other))
                {
                    if (owner.NodeOf(other) is { } found && Precedes(found))
                    {
                        next = found;
                        return true;
                    }
                }

                if (_after)
                {
                    next = node;
                    return false;
                }

                _after = true;
                _cursor = 0;
            }
        }

        private readonly bool Precedes(Node other)
        {
            if (node.IgnoreOrder || other.IgnoreOrder)
                return false;
            return (_after ? JobOrder.CompareAfter(node.Type, other.Type) : JobOrder.CompareBefore(node.Type, other.Type)) < 0;
        }
    }
}
