using Trasgo.Engine.Units;

namespace Trasgo.Manager;

/// <summary>
/// Which of our children is whose. The manager is a subreaper: what a unit's processes leave behind when they end becomes a child of ours that no unit
/// has started. So while every child is one that another unit has started, nothing is left of this one, and nobody needs to look at all processes of
/// the system - for every connection that an inetd serves.
/// </summary>
internal sealed class OwnChildren(Func<IReadOnlyList<int>?> list)
{
    private readonly Dictionary<int, Unit> _startedBy = [];
    private int _ended;

    public void Add(int pid, Unit unit) => _startedBy[pid] = unit;

    /// <summary>The child is a zombie that is about to be reaped; then its number may be anybody's.</summary>
    public void OnEnded(int pid)
    {
        _startedBy.Remove(pid);
        _ended = pid;
    }

    /// <summary>Whether all that we have are processes that other units have started; false where it cannot be told.</summary>
    public bool AreAllOfOthers(Unit unit)
    {
        if (list() is not { } children)
        {
            return false;
        }

        foreach (var child in children)
        {
            if (child != _ended && (!_startedBy.TryGetValue(child, out var owner) || ReferenceEquals(owner, unit)))
            {
                return false;
            }
        }

        return true;
    }
}
