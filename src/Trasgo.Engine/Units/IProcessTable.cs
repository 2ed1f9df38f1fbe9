using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>What the kernel tells of any process by its number: for those that a unit is told about, rather than started.</summary>
internal interface IProcessTable
{
    /// <summary>The name, for messages; "n/a" when it is not known.</summary>
    string Comm(int pid);

    int? ParentPid(int pid);

    /// <summary>There is such a process, and it has not exited.</summary>
    bool IsRunning(int pid);

    IProcessHandle? Open(int pid, out Errno error);
}

/// <summary>As /proc and pidfd_open(2) have it.</summary>
internal sealed class KernelProcessTable : IProcessTable
{
    public static readonly KernelProcessTable Instance = new();

    public string Comm(int pid) => Processes.Comm(pid) ?? "n/a";

    public int? ParentPid(int pid) => Processes.ParentPid(pid);

    public bool IsRunning(int pid) => Processes.Stat(pid) is { State: not ('Z' or 'X') };

    public IProcessHandle? Open(int pid, out Errno error)
    {
        var opened = ProcessHandle.Open(pid);
        error = opened.Error;
        return opened.Ok ? opened.Value : null;
    }
}
