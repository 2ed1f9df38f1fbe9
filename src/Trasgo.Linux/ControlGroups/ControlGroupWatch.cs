namespace Trasgo.Linux;

/// <summary>
/// Tells when a group has come to a state, such as the one without processes: cgroup2 changes its cgroup.events then.
/// </summary>
internal sealed class ControlGroupWatch : IDisposable
{
    private readonly DirectoryWatch _watch;

    internal ControlGroupWatch(EventLoop loop, ControlGroups groups, string path, Func<bool> isReached, Action handler)
    {
        _watch = loop.Watch(
            $"{groups.Directory(path)}/cgroup.events",
            InotifyMask.Modify,
            _ =>
            {
                if (isReached())
                {
                    handler();
                }
            },
            EventPriority.CgroupEmpty);
    }

    public Errno Error => _watch.Error;

    public void Dispose() => _watch.Dispose();
}

internal sealed partial class ControlGroups
{
    /// <summary>
    /// Calls the handler whenever the group has become empty (or was removed); also when it is empty now and something changes. EOPNOTSUPP
    /// on v1, where the caller looks at <see cref="IsEmpty"/> after each exit of a child.
    /// </summary>
    public Result<ControlGroupWatch> OnEmpty(EventLoop loop, string path, Action handler) =>
        Watch(loop, path, () => IsEmpty(path), handler);

    /// <summary>Calls the handler when the kernel says that all processes of the group are frozen, or that they run again.</summary>
    public Result<ControlGroupWatch> OnFrozen(EventLoop loop, string path, bool frozen, Action handler) =>
        Watch(loop, path, () => IsFrozen(path) == frozen, handler);

    private Result<ControlGroupWatch> Watch(EventLoop loop, string path, Func<bool> isReached, Action handler)
    {
        if (!IsUnified)
        {
            return Errno.EOPNOTSUPP;
        }

        var watch = new ControlGroupWatch(loop, this, path, isReached, handler);
        return watch.Error == Errno.None ? watch : watch.Error;
    }
}
