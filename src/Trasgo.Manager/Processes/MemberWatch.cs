using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Tells when one process of a unit has ended, although it is no child of ours: time to look whether the unit has others. One is enough, as a
/// unit with a process is not empty. Where the kernel has no pidfds the next exit of a child has to do.
/// </summary>
internal sealed class MemberWatch(EventLoop loop, Action ended) : IDisposable
{
    private ProcessHandle? _member;
    private IoSource? _source;

    public void Follow(int pid)
    {
        if (_member?.Pid == pid)
        {
            return;
        }

        Dispose();
        if (ProcessHandle.Open(pid) is not { Ok: true, Value: var member })
        {
            // Gone since it was read.
            loop.Defer(ended, EventPriority.CgroupEmpty);
        }
        else if (member.PidFd is { } fd)
        {
            _member = member;
            _source = loop.OnReadable(fd, OnEnded, EventPriority.CgroupEmpty);
        }
    }

    public void Dispose()
    {
        _source?.Dispose();
        _source = null;
        _member?.Dispose();
        _member = null;
    }

    private void OnEnded()
    {
        Dispose();
        ended();
    }
}
