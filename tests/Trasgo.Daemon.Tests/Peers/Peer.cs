using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Trasgo.Daemon.Tests.Peers;

/// <summary>A program of Debian that a test talks to. It is killed at the end, by its own process ID.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private Peer(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public bool IsRunning => !_process.HasExited;

    /// <summary>The program's path: where eng/peers.sh unpacked it, otherwise in $PATH; null if there is none.</summary>
    public static string? Find(params string[] names)
    {
        string[] folders =
        [
            .. UnpackedFolders(),
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
            "/usr/sbin", "/usr/lib/systemd",
        ];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    public static Peer Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string libraries = string.Join(':', Unpacked is { } root ? Directory.GetDirectories(Path.Combine(root, "usr/lib"), "*-linux-gnu") : []);
        if (libraries.Length > 0)
        {
            start.Environment["LD_LIBRARY_PATH"] = libraries;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end.</summary>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        using var peer = Start(program, arguments);
        return peer.Output();
    }

    /// <summary>Where packages were unpacked without being installed.</summary>
    public static string? Unpacked { get; } = FindUnpacked();

    /// <summary>What it printed until its end.</summary>
    public string Output()
    {
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(20)), "the program does not end");
        return _output.GetAwaiter().GetResult();
    }

    public string Errors() => _errors.GetAwaiter().GetResult();

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static string? FindUnpacked([CallerFilePath] string self = "")
    {
        string folder = Path.GetFullPath(Path.Combine(self, "../../../../artifacts/peers"));
        return File.Exists(Path.Combine(folder, ".complete")) ? folder : null;
    }

    private static IEnumerable<string> UnpackedFolders() =>
        Unpacked is { } root ? new[] { "usr/sbin", "usr/bin", "bin" }.Select(folder => Path.Combine(root, folder)) : [];
}
