using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>
/// Starts this program once more with the same arguments. Managed code cannot go on after fork(2), which leaves only one of its threads; a
/// new process of the same program can.
/// </summary>
internal sealed unsafe class ReExecution
{
    private const short POSIX_SPAWN_SETSIGDEF = 4;
    private const short POSIX_SPAWN_SETSIGMASK = 8;
    private const short POSIX_SPAWN_SETSID = 0x80;
    private const int OpaqueSize = 1024;   // posix_spawnattr_t has 336 bytes, sigset_t 128, posix_spawn_file_actions_t 80 with glibc and musl

    private readonly Dictionary<string, string?> _variables = new(StringComparer.Ordinal);
    private readonly List<(int Fd, int Number)> _descriptors = [];

    /// <summary>The new process leads a session without a terminal.</summary>
    public bool NewSession { get; init; }

    /// <summary>Which of this process' variables the new one gets.</summary>
    public Func<string, bool> Keeps { get; init; } = static _ => true;

    /// <summary>Sets a variable for the new process.</summary>
    public void Set(string variable, string value) => _variables[variable] = value;

    /// <summary>Gives it a descriptor under a number. All others are closed, except for 0 to 2.</summary>
    public void Pass(int fd, int number) => _descriptors.Add((fd, number));

    /// <summary>Starts it, with every signal at its default and none blocked.</summary>
    /// <returns>The process, which the caller has to wait for.</returns>
    /// <exception cref="DaemonException">It cannot be started.</exception>
    public int Start()
    {
        string path = ProgramPath();
        var copies = new List<SafeFileHandle>();
        void* memory = NativeMemory.AllocZeroed(OpaqueSize * 4);
        byte* attributes = (byte*)memory, actions = attributes + OpaqueSize, signals = actions + OpaqueSize;
        using var arguments = new StringVector(ProcessText.Arguments());
        using var environment = new StringVector(ProcessText.Environment(_variables, Keeps));
        _ = Libc.posix_spawnattr_init(attributes);
        _ = Libc.posix_spawn_file_actions_init(actions);
        try
        {
            Check(Libc.posix_spawnattr_setflags(attributes, (short)(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (NewSession ? POSIX_SPAWN_SETSID : 0))), path);
            _ = Libc.sigfillset(signals);
            Check(Libc.posix_spawnattr_setsigdefault(attributes, signals), path);
            _ = Libc.sigemptyset(signals);
            Check(Libc.posix_spawnattr_setsigmask(attributes, signals), path);

            // First to numbers above all those wanted, so that no step overwrites what a later one needs.
            int free = _descriptors.Count == 0 ? 0 : _descriptors.Max(pair => pair.Number) + 1;
            foreach (var (fd, number) in _descriptors)
            {
                var copy = DescriptorCalls.Duplicate(fd, free);
                copies.Add(copy);
                Check(Libc.posix_spawn_file_actions_adddup2(actions, (int)copy.DangerousGetHandle(), number), path);
            }

            int processId;
            fixed (byte* start = Encoding.UTF8.GetBytes(path + "\0"))
            {
                Check(Libc.posix_spawn(&processId, start, actions, attributes, arguments.Pointer, environment.Pointer), path);
            }

            return processId;
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(actions);
            _ = Libc.posix_spawnattr_destroy(attributes);
            NativeMemory.Free(memory);
            copies.ForEach(copy => copy.Dispose());
        }
    }

    /// <summary>The path rather than the link in /proc, after which the process would be named "exe"; the link if the file is another one by now.</summary>
    private static string ProgramPath()
    {
        const string Self = "/proc/self/exe";
        return Environment.ProcessPath is { } path
            && FileStatus.TryGet(path, followLinks: true, out var named) && FileStatus.TryGet(Self, followLinks: true, out var running) && named.IsSameFile(running)
                ? path
                : Self;
    }

    private static void Check(int error, string path)
    {
        if (error != 0)
        {
            throw new DaemonException($"cannot start {path} once more", error);
        }
    }
}
