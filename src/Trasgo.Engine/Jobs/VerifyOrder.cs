using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// Makes sure the transaction, together with the jobs already installed, can run in some order. It walks along
/// the order of execution, depth first; to meet a job again that is on the path means a cycle. Going back along
/// the path, the first unit the request can do without loses its jobs; if there is none, the request is refused.
/// After a break the walk goes on where it stands: taking jobs away closes no new cycle, unless another job of
/// the same unit comes to the fore, and then it begins again.
///
/// systemd looks once, at the jobs as they were pulled in. Merging them, with one another or with what is
/// installed, may turn a start into a restart, whose place in the order is another; and a restart becomes a start
/// in the end. It then has jobs that wait for one another for ever. So <see cref="RunOnMerged"/> looks again.
/// </summary>
internal sealed class VerifyOrder(Transaction transaction, bool collectGarbage, OrderView view)
{
    private readonly Dictionary<IJobUnit, Node> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly List<Frame> _path = [];

    /// <summary>The jobs as they will be once installed, and as they will be once restarts have stopped their units.</summary>
    public static JobRefusal? RunOnMerged(Transaction transaction, bool collectGarbage)
    {
        int broken;
        do
        {
            broken = transaction.Cycles.Count;
            var refusal = new VerifyOrder(transaction, collectGarbage, OrderView.Installed).Run()
                ?? new VerifyOrder(transaction, collectGarbage, OrderView.Restarted).Run();
            if (refusal is not null)
                return refusal;
        }
        while (transaction.Cycles.Count > broken);
        return null;
    }

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
            var (type, ignoreOrder) = View(planned, unit.Job, unit.ActiveState);
            node = new Node(unit, planned, type, ignoreOrder);
        }

        return node;
    }

    private (JobType Type, bool IgnoreOrder) View(PlannedJob? planned, Job? installed, UnitActiveState state)
    {
        if (planned is not null && (view == OrderView.Planned || installed is null))
            return (Later(planned.Type), planned.IgnoreOrder);
        if (planned is null)
            return (Later(installed!.Type), installed.IgnoreOrder);

        return JobAlgebra.MergeAndCollapse(installed!.Type, planned.Type, state) is { } merged
            ? (Later(merged), installed.IgnoreOrder || planned.IgnoreOrder)
            : (Later(planned.Type), planned.IgnoreOrder);
    }

    private JobType Later(JobType type) =>
        view == OrderView.Restarted && type == JobType.Restart ? JobType.Start : type;

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
