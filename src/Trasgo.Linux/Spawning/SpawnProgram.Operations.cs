namespace Trasgo.Linux;

/// <summary>The operations that have a name of their own.</summary>
internal sealed unsafe partial class SpawnProgram
{
    private const int SetSignalMask = 2;
    private const int SignalSetSize = 8;

    // Options of prctl(2).
    private const int BoundingSetDrop = 24;
    private const int SecureBits = 28;
    private const int TimerSlack = 29;
    private const int NoNewPrivileges = 38;
    private const int Ambient = 47;
    private const int AmbientRaise = 2;

    public void SetSession() => Call(SpawnStep.SetSid, SystemCall.SetSid, []);

    /// <summary>Ignores a signal, which the executed program inherits.</summary>
    public void IgnoreSignal(int signo) => Call(
        SpawnStep.SignalMask,
        SystemCall.RtSigAction,
        [signo, Copy<ulong>([1, 0, 0, 0]), 0, SignalSetSize]);

    /// <summary>The child is born with every signal blocked; this is what the program it becomes shall start with.</summary>
    public void SignalMask(SignalSet blocked) => Call(
        SpawnStep.SignalMask,
        SystemCall.RtSigProcMask,
        [SetSignalMask, Copy<ulong>([blocked.Bits]), 0, SignalSetSize]);

    /// <summary>Opens a file; the slot holds its descriptor, which execve closes.</summary>
    public SpawnSlot Open(SpawnStep step, string path, OpenFlags flags, uint mode = 0, bool ignoreError = false) => Call(
        step,
        SystemCall.OpenAt,
        [At.WorkingDirectory, Text(path), (int)(flags | OpenFlags.CloseOnExec), mode],
        ignoreError);

    /// <summary>A copy of a descriptor at a number no lower than this, out of the way of the numbers that the program is to get.</summary>
    public SpawnSlot MoveAbove(SpawnStep step, SpawnArgument fd, int lowest) => Call(
        step,
        SystemCall.Fcntl,
        [fd, Fcntl.DuplicateCloseOnExec, lowest]);

    /// <summary>Puts a descriptor where the executed program finds it. The two must differ.</summary>
    public void Place(SpawnStep step, SpawnArgument fd, int target) => Call(step, SystemCall.Dup3, [fd, target, 0]);

    /// <summary>
    /// What we inherited ourselves without close-on-exec, from a shell or a container's runtime, ends here. An old kernel (before 5.11) does
    /// not know the call; our own descriptors are close-on-exec anyway.
    /// </summary>
    public void CloseFrom(int first) => Call(
        SpawnStep.Fds,
        SystemCall.CloseRange,
        [first, uint.MaxValue, 4],
        ignoreError: true);

    public void ChangeDirectory(string path, bool ignoreError = false) =>
        Call(SpawnStep.Chdir, SystemCall.Chdir, [Text(path)], ignoreError);

    public void ChangeRoot(string path, SpawnStep step = SpawnStep.Chroot) => Call(step, SystemCall.Chroot, [Text(path)]);

    public void Umask(uint mask) => Call(SpawnStep.Exec, SystemCall.Umask, [mask]);

    public void Nice(int value, bool ignoreError = false) =>
        Call(SpawnStep.Nice, SystemCall.SetPriority, [0, 0, value], ignoreError);

    public void Limit(int resource, ResourceLimit limit) =>
        Call(SpawnStep.Limits, SystemCall.PrLimit, [0, resource, Copy<ResourceLimit>([limit]), 0]);

    public void SetGroups(ReadOnlySpan<uint> groups, bool ignoreError = false) =>
        Call(SpawnStep.Group, SystemCall.SetGroups, [groups.Length, Copy(groups)], ignoreError);

    public void SetGroup(uint gid) => Call(SpawnStep.Group, SystemCall.SetResGid, [gid, gid, gid]);

    public void SetUser(uint uid) => Call(SpawnStep.User, SystemCall.SetResUid, [uid, uid, uid]);

    /// <summary>Files are looked up with this user's rights from now on, without any other change; the call itself cannot fail.</summary>
    public void SetFileSystemUser(uint uid) => Call(SpawnStep.Chdir, SystemCall.SetFsUid, [uid]);

    /// <summary>capset(2) of the third version: the three sets as bits.</summary>
    public void SetCapabilities(ulong effective, ulong permitted, ulong inheritable) => Call(
        SpawnStep.Capabilities,
        SystemCall.CapSet,
        [
            Copy<uint>([0x20080522, 0]),
            Copy<uint>([
                (uint)effective, (uint)permitted, (uint)inheritable,
                (uint)(effective >> 32), (uint)(permitted >> 32), (uint)(inheritable >> 32)]),
        ]);

    /// <summary>The capability cannot come back by any execve(2).</summary>
    public void DropFromBoundingSet(int capability, string name) => Control(SpawnStep.Capabilities, BoundingSetDrop, capability, 0, name);

    /// <summary>The executed program has it, though it is not root's.</summary>
    public void RaiseAmbient(int capability, string name) => Control(SpawnStep.Capabilities, Ambient, AmbientRaise, capability, name);

    public void SetSecureBits(int bits) => Control(SpawnStep.SecureBits, SecureBits, bits, 0);

    public void SetTimerSlack(ulong nanoseconds) => Control(SpawnStep.TimerSlack, TimerSlack, (long)nanoseconds, 0);

    public void SetNoNewPrivileges() => Control(SpawnStep.NoNewPrivileges, NoNewPrivileges, 1, 0);

    /// <summary>Writes a value into a kernel file that exists.</summary>
    public void WriteFile(SpawnStep step, string path, string value, bool ignoreError = false)
    {
        var file = Open(step, path, OpenFlags.WriteOnly | OpenFlags.NoControllingTerminal, 0, ignoreError);
        Write(step, file, value, ignoreError);
        Call(step, SystemCall.Close, [file], ignoreError: true);
    }

    public void Write(SpawnStep step, SpawnArgument fd, string value, bool ignoreError = false) =>
        Call(step, SystemCall.Write, [fd, Text(value), Utf8.Length(value)], ignoreError);

    /// <summary>Enters a control group by its cgroup.procs file.</summary>
    public void EnterControlGroup(string procsPath) => WriteFile(SpawnStep.Cgroup, procsPath, "0");

    private void Control(SpawnStep step, int option, long a, long b, string? what = null)
    {
        if (what is not null)
        {
            (_notes ??= []).Add((Count, what));
        }

        Call(step, SystemCall.Prctl, [option, a, b, 0, 0]);
    }
}
