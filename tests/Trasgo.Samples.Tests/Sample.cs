using System.Diagnostics;
using System.Runtime.CompilerServices;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Samples.Tests;

/// <summary>The native binary of a sample, as ./build.sh publishes it, run by itself or by another program.</summary>
internal sealed class Sample : IDisposable
{
    private readonly Process _process;

    private Sample(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    /// <summary>The samples' sources and unit files.</summary>
    public static string Sources => System.IO.Path.GetFullPath(System.IO.Path.Combine(ThisFile(), "../../../samples"));

    /// <summary>Skips the test if there is no binary.</summary>
    public static string Path(string name)
    {
        string folder = Environment.GetEnvironmentVariable("TRASGO_SAMPLES") is { Length: > 0 } given
            ? given
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(ThisFile(), "../../../artifacts/samples"));
        string path = System.IO.Path.Combine(folder, name);
        Skip.IfNot(File.Exists(path), path + " is missing; ./build.sh test makes it");
        return path;
    }

    public static Sample Start(params string[] command) =>
        new(Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!);

    public static (int Status, string Output, string Errors) Run(params string[] command)
    {
        using var sample = Start(command);
        sample._process.StandardInput.Close();
        var output = sample._process.StandardOutput.ReadToEndAsync();
        var errors = sample._process.StandardError.ReadToEndAsync();
        return (sample.WaitForExit(), output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>All that it wrote to standard error, once it has ended.</summary>
    public string ReadErrors() => _process.StandardError.ReadToEnd();

    public void Terminate() => Peer.Run("/bin/kill", "-TERM", Id.ToString());

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(30)), "the sample does not end");
        return _process.ExitCode;
    }

    /// <summary>The resident set in kB.</summary>
    public static int Memory(int processId) =>
        int.Parse(File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))["VmRSS:".Length..^"kB".Length]);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
