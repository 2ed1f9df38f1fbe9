namespace Trasgo.Linux;

/// <summary>One process, whatever its number is given to later: <see cref="ProcessHandle"/>, or what a test puts in its place.</summary>
internal interface IProcessHandle : IDisposable
{
    int Pid { get; }

    /// <summary>Becomes readable when the process ends; null where the kernel has no pidfds.</summary>
    Descriptor? PidFd { get; }

    bool IsAlive { get; }

    bool Signal(int signo, out Errno error);
}
