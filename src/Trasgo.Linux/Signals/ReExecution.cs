using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>Executes the running program again, or another, in the same process, with byte-exact arguments and environment.</summary>
internal static unsafe class ReExecution
{
    /// <summary>Returns only when it failed. Other arguments may be given instead of the present ones; the environment is kept.</summary>
    public static Errno Run(IReadOnlyList<string>? arguments = null)
    {
        var environment = Processes.ReadAll("/proc/self/environ") ?? [];
        var argv = arguments is null ? Processes.ReadAll("/proc/self/cmdline") ?? [] : Join(arguments);

        // The real path keeps the process's name; the link works also when the file was replaced meanwhile.
        var path = File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: false)?.FullName;
        if (path is not null && File.Exists(path))
        {
            _ = Execute(path, argv, environment);
        }

        return Execute("/proc/self/exe", argv, environment);
    }

    /// <summary>The words and the name that this process was started with.</summary>
    public static IReadOnlyList<string> OwnArguments =>
        Processes.ReadAll("/proc/self/cmdline") is { } bytes ? [.. Utf8.Decode(bytes).Split('\0')[..^1]] : [];

    /// <summary>Where the binary of this process was executed from, also after another one has been put into its place; null without /proc.</summary>
    public static string? OwnPath
    {
        get
        {
            const string Gone = " (deleted)";
            var link = FileSystem.ReadLink("/proc/self/exe");
            return !link.Ok ? null : link.Value.EndsWith(Gone, StringComparison.Ordinal) ? link.Value[..^Gone.Length] : link.Value;
        }
    }

    /// <summary>
    /// Where the binary of this process is to be found, also after another one has been put into its place: first where it was executed from, then
    /// where its first argument says, for a link that leads somewhere else by now.
    /// </summary>
    public static List<string> OwnPaths()
    {
        var paths = new List<string>();
        if (OwnPath is { } own)
        {
            paths.Add(own);
        }

        if (OwnArguments is [var name, ..] && name.StartsWith('/') && !paths.Contains(name))
        {
            paths.Add(name);
        }

        return paths;
    }

    /// <summary>Becomes the program with the same environment. Returns only when that failed, with everything as it was.</summary>
    public static Errno Replace(string path, IReadOnlyList<string> arguments) =>
        Execute(path, Join(arguments), Processes.ReadAll("/proc/self/environ") ?? []);

    /// <summary>Becomes another program with the same environment and open descriptors. Returns only when that failed.</summary>
    public static Errno Become(string path, IReadOnlyList<string> arguments)
    {
        Signals.SetDefault(Signo.SIGPIPE);
        Signals.Set(default);
        return Execute(path, Join(arguments), Processes.ReadAll("/proc/self/environ") ?? []);
    }

    private static byte[] Join(IReadOnlyList<string> arguments) => [.. arguments.SelectMany(static a => Utf8.Terminated(a))];

    private static Errno Execute(string path, byte[] argv, byte[] environment)
    {
        fixed (byte* pathBytes = Utf8.Terminated(path), argvBytes = argv, environmentBytes = environment)
        {
            var arguments = Pointers(argvBytes, argv);
            var variables = Pointers(environmentBytes, environment);
            var error = LastError.Of(Libc.execve(pathBytes, arguments, variables));
            NativeMemory.Free(arguments);
            NativeMemory.Free(variables);
            return error;
        }
    }

    /// <summary>An array of pointers to the NUL-terminated strings that follow each other.</summary>
    private static byte** Pointers(byte* start, ReadOnlySpan<byte> strings)
    {
        var count = strings.Count((byte)0);
        var pointers = (byte**)NativeMemory.Alloc((nuint)(count + 1) * (nuint)sizeof(byte*));
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            pointers[i] = start + at;
            at += strings[at..].IndexOf((byte)0) + 1;
        }

        pointers[count] = null;
        return pointers;
    }
}
