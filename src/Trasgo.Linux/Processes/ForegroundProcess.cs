using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// A child that we wait for: the editor of <c>systemctl edit</c>, a manual page, the server behind a front. For command-line
/// tools only; the manager spawns through <see cref="Spawner"/>.
/// </summary>
internal static unsafe class ForegroundProcess
{
    private const int AttributesSize = 512;
    private const short SetSignalDefault = 0x04;
    private const short SetSignalMask = 0x08;
    private const int SignalSetSize = 128;

    /// <summary>Runs a command found on $PATH with our environment; its exit status, or 128 + signal.</summary>
    public static Result<int> Run(string[] command)
    {
        var started = Start(command[0], command);
        return started.Ok && Wait(started.Value) is { Ok: true, Value: var exit } ? exit.Signal == 0 ? exit.Status : 128 + exit.Signal : started.Error;
    }

    /// <summary>Starts a program with our environment and descriptors. Signals that we ignore or block are as usual there.</summary>
    public static Result<int> Start(string file, IReadOnlyList<string> arguments)
    {
        var attributes = stackalloc byte[AttributesSize];
        var signals = stackalloc byte[SignalSetSize];
        new Span<byte>(signals, SignalSetSize).Clear();
        var strings = new NativeStrings([file, .. arguments]);
        try
        {
            _ = Libc.posix_spawnattr_init(attributes);
            _ = Libc.posix_spawnattr_setsigmask(attributes, signals);
            *(ulong*)signals = SignalSet.Of(Signo.SIGPIPE, Signo.SIGTERM, Signo.SIGINT, Signo.SIGHUP).Bits;
            _ = Libc.posix_spawnattr_setsigdefault(attributes, signals);
            _ = Libc.posix_spawnattr_setflags(attributes, SetSignalMask | SetSignalDefault);
            int pid;
            var error = Libc.posix_spawnp(&pid, strings.First, null, attributes, strings.Pointers + 1, Libc.environ());
            _ = Libc.posix_spawnattr_destroy(attributes);
            return error != 0 ? (Errno)error : pid;
        }
        finally
        {
            strings.Free();
        }
    }

    /// <summary>How a child ended: by exiting, or by a signal.</summary>
    public static Result<(int Status, int Signal)> Wait(int pid)
    {
        int status;
        while (Libc.waitpid(pid, &status, 0) < 0)
        {
            if (LastError.Get() != Errno.EINTR)
            {
                return LastError.Get();
            }
        }

        return ((status >> 8) & 0xff, status & 0x7f);
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
                var bytes = Utf8.Encode(texts[index]);
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
    public static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

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
