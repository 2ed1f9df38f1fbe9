using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

internal static unsafe partial class Libc
{
    // posix_spawn and its helpers return the error instead of setting errno.
    [LibraryImport(Name)]
    public static partial int posix_spawn(int* processId, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, void* signals);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_setsigmask(void* attributes, void* signals);

    [LibraryImport(Name)]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport(Name)]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport(Name)]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int fd, int number);

    [LibraryImport(Name)]
    public static partial int sigemptyset(void* signals);

    [LibraryImport(Name)]
    public static partial int sigfillset(void* signals);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int waitpid(int processId, int* status, int options);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int waitid(int type, int id, void* information, int options);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int kill(int processId, int signal);

    [LibraryImport(Name)]
    public static partial int getppid();

    [LibraryImport(Name)]
    public static partial uint geteuid();

    [LibraryImport(Name)]
    public static partial void _exit(int status);
}
