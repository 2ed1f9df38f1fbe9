namespace Trasgo.Linux;

/// <summary>Settings of the calling process itself.</summary>
internal static unsafe class ProcessControl
{
    private const int OptionSetName = 15;
    private const int OptionSetDumpable = 4;
    private const int OptionSetSubreaper = 36;
    private const int OptionGetSubreaper = 37;
    private const int OptionNoNewPrivileges = 38;
    private const int OptionReadBoundingSet = 23;

    public static int Pid => Libc.getpid();

    public static int ParentPid => Libc.getppid();

    public static uint Uid => Libc.getuid();

    public static uint EffectiveUid => Libc.geteuid();

    public static uint Gid => Libc.getgid();

    public static uint[] Groups
    {
        get
        {
            var count = Libc.getgroups(0, null);
            var groups = new uint[Math.Max(0, count)];
            fixed (uint* start = groups)
            {
                count = Libc.getgroups(groups.Length, start);
            }

            return count < 0 ? [] : groups[..Math.Min(count, groups.Length)];
        }
    }

    /// <summary>Orphans among our descendants become our children, as if we were PID 1 (prctl(2)).</summary>
    public static Errno BecomeSubreaper() => LastError.Of(Libc.prctl(OptionSetSubreaper, 1, 0, 0, 0));

    public static bool IsSubreaper
    {
        get
        {
            int value;
            return Libc.prctl(OptionGetSubreaper, (nuint)(&value), 0, 0, 0) == 0 && value != 0;
        }
    }

    public static Errno SetName(string name)
    {
        fixed (byte* bytes = Utf8.Terminated(name))
        {
            return LastError.Of(Libc.prctl(OptionSetName, (nuint)bytes, 0, 0, 0));
        }
    }

    public static Errno SetDumpable(bool value) => LastError.Of(Libc.prctl(OptionSetDumpable, value ? 1u : 0u, 0, 0, 0));

    public static Errno SetNoNewPrivileges() => LastError.Of(Libc.prctl(OptionNoNewPrivileges, 1, 0, 0, 0));

    /// <summary>Whether the capability is in our bounding set; false also for ones that the kernel does not know.</summary>
    public static bool InBoundingSet(int capability) => Libc.prctl(OptionReadBoundingSet, (nuint)capability, 0, 0, 0) == 1;

    /// <summary>The effective capabilities, as bits.</summary>
    public static ulong EffectiveCapabilities => StatusBits("CapEff");

    public static ulong PermittedCapabilities => StatusBits("CapPrm");

    public static ulong InheritableCapabilities => StatusBits("CapInh");

    public static ulong BoundingCapabilities => StatusBits("CapBnd");

    public static bool HasCapability(int capability) => (EffectiveCapabilities >> capability & 1) != 0;

    public static Result<ResourceLimit> Limit(int resource)
    {
        ResourceLimit limit;
        var error = LastError.Of(Libc.prlimit(0, resource, null, &limit));
        return error == Errno.None ? limit : error;
    }

    public static Errno SetLimit(int resource, ResourceLimit limit) => LastError.Of(Libc.prlimit(0, resource, &limit, null));

    public static Errno SetSession() => LastError.Of(Libc.setsid());

    public static Errno ChangeDirectory(string path) => LastError.Of(Libc.chdir(path));

    /// <summary>Our own nice value, -20 to 19.</summary>
    public static int Nice => Libc.getpriority(0, 0);

    public static Errno SetNice(int value) => LastError.Of(Libc.setpriority(0, 0, value));

    /// <summary>The real, the effective and the saved one, for a privileged process.</summary>
    public static Errno SetUser(uint uid) => LastError.Of(Libc.setuid(uid));

    public static Errno SetGroup(uint gid) => LastError.Of(Libc.setgid(gid));

    public static uint SetUmask(uint mask) => Libc.umask(mask);

    /// <summary>Ends the process now, without the runtime's handlers.</summary>
    public static void ExitNow(int status) => Libc._exit(status);

    /// <summary>What is read from standard input from now on, also by the program that replaces this one.</summary>
    public static Errno ReplaceStandardInput(Descriptor input) => LastError.Of(Libc.dup2(input.Raw, 0));

    /// <summary>Replaces this process; returns only when it failed.</summary>
    public static Errno Execute(string path, IReadOnlyList<string> argv, IReadOnlyList<string> environment)
    {
        using var memory = new NativeArena();
        var arguments = memory.Vector((ReadOnlySpan<string>)[.. argv]);
        var variables = memory.Vector((ReadOnlySpan<string>)[.. environment]);
        return argv.Count == 0
            ? Errno.EINVAL
            : LastError.Of(Libc.execve((byte*)memory.Text(path), (byte**)arguments, (byte**)variables));
    }

    private static ulong StatusBits(string field) =>
        Processes.ReadSmall("/proc/self/status") is { } status ? Processes.SignalField(status, field).Bits : 0;
}
