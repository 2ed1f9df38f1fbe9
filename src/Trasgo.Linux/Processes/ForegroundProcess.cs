using System.Runtime.InteropServices;
using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// A child that gets the terminal while we wait for it: the editor of <c>systemctl edit</c>, a manual page. For command-line
/// tools only; the manager spawns through <see cref="Spawner"/>.
/// </summary>
internal static unsafe class ForegroundProcess
{
    private const int AttributesSize = 512;
    private const short SetSignalMask = 0x08;
    private const int SignalSetSize = 128;

    /// <summary>Runs a command found on $PATH with our environment; its exit status, or 128 + signal.</summary>
    public static Result<int> Run(string[] command)
    {
        var attributes = stackalloc byte[AttributesSize];
        var emptyMask = stackalloc byte[SignalSetSize];
        new Span<byte>(emptyMask, SignalSetSize).Clear();
        var strings = new NativeStrings(command);
        int pid;
        int error;
        try
        {
            _ = Libc.posix_spawnattr_init(attributes);
            _ = Libc.posix_spawnattr_setsigmask(attributes, emptyMask);
            _ = Libc.posix_spawnattr_setflags(attributes, SetSignalMask);
            error = Libc.posix_spawnp(&pid, strings.First, null, attributes, strings.Pointers, Libc.environ());
            _ = Libc.posix_spawnattr_destroy(attributes);
        }
        finally
        {
            strings.Free();
        }

        return error != 0 ? new Result<int>(-1, (Errno)error) : Wait(pid);
    }

    private static Result<int> Wait(int pid)
    {
        int status;
        while (Libc.waitpid(pid, &status, 0) < 0)
        {
            if (LastError.Get() != Errno.EINTR)
            {
                return new Result<int>(-1, LastError.Get());
            }
        }

        var signal = status & 0x7f;
        return new Result<int>(signal == 0 ? (status >> 8) & 0xff : 128 + signal, Errno.None);
    }

    /// <summary>argv as the C library takes it.</summary>
    private readonly struct NativeStrings
    {
        public readonly byte** Pointers;
        private readonly int _count;

        public NativeStrings(string[] texts)
        {
            _count = texts.Length;
            Pointers = (byte**)NativeMemory.AllocZeroed((nuint)texts.Length + 1, (nuint)sizeof(byte*));
            for (var index = 0; index < texts.Length; index++)
            {
                var bytes = Encoding.UTF8.GetBytes(texts[index]);
                Pointers[index] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
                bytes.CopyTo(new Span<byte>(Pointers[index], bytes.Length));
            }
        }

        public byte* First => Pointers[0];

        public void Free()
        {
            for (var index = 0; index < _count; index++)
            {
                NativeMemory.Free(Pointers[index]);
            }

            NativeMemory.Free(Pointers);
        }
    }
}

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    public static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport(Name)]
    public static partial int posix_spawnattr_setsigmask(byte* attributes, byte* mask);

    [LibraryImport(Name)]
    public static partial int posix_spawnp(int* pid, byte* file, void* actions, byte* attributes, byte** argv, byte** environment);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int waitpid(int pid, int* status, int options);

    /// <summary>The C library's <c>environ</c>, so that a child gets what we were given, byte for byte.</summary>
    public static byte** environ()
    {
        var library = NativeLibrary.GetMainProgramHandle();
        return NativeLibrary.TryGetExport(library, "environ", out var address) ? *(byte***)address : null;
    }
}
