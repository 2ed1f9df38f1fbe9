namespace Trasgo.Linux;

/// <summary>The operations that have a name of their own.</summary>
internal sealed unsafe partial class SpawnProgram
{
    private const int SetSignalMask = 2;
    private const int SignalSetSize = 8;

    public void SetSession() => Call(SpawnStep.SetSid, SystemCall.SetSid, "setsid()", []);

    /// <summary>Ignores a signal, which the executed program inherits.</summary>
    public void IgnoreSignal(int signo) => Call(
        SpawnStep.SignalMask,
        SystemCall.RtSigAction,
        $"{SignalNames.Long(signo)} SIG_IGN",
        [signo, Copy<ulong>([1, 0, 0, 0]), 0, SignalSetSize]);

    /// <summary>The child is born with every signal blocked; this is what the program it becomes shall start with.</summary>
    public void SignalMask(SignalSet blocked) => Call(
        SpawnStep.SignalMask,
        SystemCall.RtSigProcMask,
        blocked.Bits == 0 ? "rt_sigprocmask(SIG_SETMASK, {})" : $"rt_sigprocmask(SIG_SETMASK, 0x{blocked.Bits:x})",
        [SetSignalMask, Copy<ulong>([blocked.Bits]), 0, SignalSetSize]);

    /// <summary>Opens a file; the slot holds its descriptor, which execve closes.</summary>
    public SpawnSlot Open(SpawnStep step, string path, OpenFlags flags, uint mode = 0, bool ignoreError = false) => Call(
        step,
        SystemCall.OpenAt,
        $"open(\"{path}\", {Describe(flags)})",
        [At.WorkingDirectory, Text(path), (int)(flags | OpenFlags.CloseOnExec), mode],
        ignoreError);

    /// <summary>A copy of a descriptor at a number no lower than this, out of the way of the numbers that the program is to get.</summary>
    public SpawnSlot MoveAbove(SpawnStep step, SpawnArgument fd, int lowest) => Call(
        step,
        SystemCall.Fcntl,
        $"fcntl({Describe(fd)}, F_DUPFD_CLOEXEC, {lowest})",
        [fd, Fcntl.DuplicateCloseOnExec, lowest]);

    /// <summary>Puts a descriptor where the executed program finds it. The two must differ.</summary>
    public void Place(SpawnStep step, SpawnArgument fd, int target) =>
        Call(step, SystemCall.Dup3, $"dup3({Describe(fd)}, {target}, 0)", [fd, target, 0]);

    /// <summary>
    /// What we inherited ourselves without close-on-exec, from a shell or a container's runtime, ends here. An old kernel (before 5.11) does
    /// not know the call; our own descriptors are close-on-exec anyway.
    /// </summary>
    public void CloseFrom(int first) => Call(
        SpawnStep.Fds,
        SystemCall.CloseRange,
        $"close_range({first}, ~0, CLOSE_RANGE_CLOEXEC)",
        [first, uint.MaxValue, 4],
        ignoreError: true);

    public void ChangeDirectory(string path, bool ignoreError = false) =>
        Call(SpawnStep.Chdir, SystemCall.Chdir, $"chdir(\"{path}\")", [Text(path)], ignoreError);

    public void ChangeRoot(string path, SpawnStep step = SpawnStep.Chroot) => Call(step, SystemCall.Chroot, $"chroot(\"{path}\")", [Text(path)]);

    public void Umask(uint mask) => Call(SpawnStep.Exec, SystemCall.Umask, $"umask(0{Convert.ToString(mask, 8)})", [mask]);

    public void Nice(int value, bool ignoreError = false) =>
        Call(SpawnStep.Nice, SystemCall.SetPriority, $"setpriority(PRIO_PROCESS, 0, {value})", [0, 0, value], ignoreError);

    public void Limit(int resource, ResourceLimit limit, string name) => Call(
        SpawnStep.Limits,
        SystemCall.PrLimit,
        $"prlimit({name}, {Describe(limit.Soft)}:{Describe(limit.Hard)})",
        [0, resource, Copy<ResourceLimit>([limit]), 0]);

    public void SetGroups(ReadOnlySpan<uint> groups, bool ignoreError = false) => Call(
        SpawnStep.Group,
        SystemCall.SetGroups,
        $"setgroups([{string.Join(", ", groups.ToArray())}])",
        [groups.Length, Copy(groups)],
        ignoreError);

    public void SetGroup(uint gid) =>
        Call(SpawnStep.Group, SystemCall.SetResGid, $"setresgid({gid}, {gid}, {gid})", [gid, gid, gid]);

    public void SetUser(uint uid) => Call(SpawnStep.User, SystemCall.SetResUid, $"setresuid({uid}, {uid}, {uid})", [uid, uid, uid]);

    /// <summary>Files are looked up with this user's rights from now on, without any other change; the call itself cannot fail.</summary>
    public void SetFileSystemUser(uint uid) => Call(SpawnStep.Chdir, SystemCall.SetFsUid, $"setfsuid({uid})", [uid]);

    /// <summary>capset(2) of the third version: the three sets as bits.</summary>
    public void SetCapabilities(ulong effective, ulong permitted, ulong inheritable) => Call(
        SpawnStep.Capabilities,
        SystemCall.CapSet,
        $"capset(effective 0x{effective:x}, permitted 0x{permitted:x}, inheritable 0x{inheritable:x})",
        [
            Copy<uint>([0x20080522, 0]),
            Copy<uint>([
                (uint)effective, (uint)permitted, (uint)inheritable,
                (uint)(effective >> 32), (uint)(permitted >> 32), (uint)(inheritable >> 32)]),
        ]);

    public void Control(SpawnStep step, int option, long a, long b, string note, bool ignoreError = false) =>
        Call(step, SystemCall.Prctl, $"prctl({note})", [option, a, b, 0, 0], ignoreError);

    /// <summary>Writes a value into a kernel file that exists.</summary>
    public void WriteFile(SpawnStep step, string path, string value, bool ignoreError = false)
    {
        var file = Open(step, path, OpenFlags.WriteOnly | OpenFlags.NoControllingTerminal, 0, ignoreError);
        Write(step, file, value, ignoreError);
        Call(step, SystemCall.Close, $"close({Describe(file)})", [file], ignoreError: true);
    }

    public void Write(SpawnStep step, SpawnArgument fd, string value, bool ignoreError = false) => Call(
        step,
        SystemCall.Write,
        $"write({Describe(fd)}, \"{value.TrimEnd('\n')}\")",
        [fd, Text(value), Utf8.Encode(value).Length],
        ignoreError);

    /// <summary>Enters a control group by its cgroup.procs file.</summary>
    public void EnterControlGroup(string procsPath) => WriteFile(SpawnStep.Cgroup, procsPath, "0");

    internal static string Describe(SpawnArgument argument) => argument.IsSlot ? $"${argument.Value}" : $"{argument.Value}";

    private static string Describe(ulong limit) => limit == ResourceLimit.Infinity ? "infinity" : $"{limit}";

    private static string Describe(OpenFlags flags)
    {
        var value = flags.Value;
        var text = (value & 3) switch { 0 => "O_RDONLY", 1 => "O_WRONLY", _ => "O_RDWR" };
        foreach (var (flag, name) in ((OpenFlags, string)[])[
            (OpenFlags.Create, "O_CREAT"), (OpenFlags.Append, "O_APPEND"), (OpenFlags.Truncate, "O_TRUNC"),
            (OpenFlags.NonBlock, "O_NONBLOCK"), (OpenFlags.NoFollow, "O_NOFOLLOW"), (OpenFlags.NoControllingTerminal, "O_NOCTTY")])
        {
            text += (value & flag.Value) != 0 ? $"|{name}" : string.Empty;
        }

        return text;
    }
}
