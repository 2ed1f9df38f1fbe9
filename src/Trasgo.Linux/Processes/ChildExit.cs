namespace Trasgo.Linux;

/// <summary>How a child ended; the values are the kernel's CLD_*.</summary>
internal enum ChildExitCode
{
    Exited = 1,
    Killed = 2,
    Dumped = 3,
}

/// <summary>A child's end. The status is the exit status, or the signal that killed it.</summary>
internal readonly record struct ChildExit(int Pid, ChildExitCode Code, int Status)
{
    public bool IsSuccess => Code == ChildExitCode.Exited && Status == 0;
}
