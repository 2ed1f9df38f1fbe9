using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Extensions.Tests.Samples;

/// <summary>The native binary of a sample, run by a test and ended with it.</summary>
internal sealed partial class Sample : IDisposable
{
    public const int Hangup = 1, Interrupt = 2, Quit = 3, UserSignal1 = 10, Terminate = 15;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Task<string> _errors;

    private Sample(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, received) =>
        {
            lock (_lines)
            {
                _lines.Add(received.Data ?? "");
            }
        };
        process.BeginOutputReadLine();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>The processes that it has started, by whichever of its threads (proc(5)).</summary>
    public int[] Children =>
    [
        .. Directory.GetDirectories($"/proc/{ProcessId}/task")
            .SelectMany(task => ReadIfThere(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => int.Parse(word, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Where <c>build.sh</c> puts the samples.</summary>
    public static string Find(string name, [CallerFilePath] string self = "")
    {
        string folder = Environment.GetEnvironmentVariable("TRASGO_SAMPLES") is { Length: > 0 } given
            ? given
            : Path.GetFullPath(Path.Combine(self, "../../../../artifacts/samples"));
        string path = Path.Combine(folder, name);
        Skip.IfNot(File.Exists(path), $"{path} is not built; ./build.sh test does it");
        return path;
    }

    public static Sample Start(string name, IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments) =>
        StartProgram(Find(name), environment, arguments);

    public static Sample StartProgram(string program, IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Waits for a line on standard output.</summary>
    public string WaitForLine(string beginning) => Waiting.For(beginning, () =>
    {
        lock (_lines)
        {
            return _lines.Find(line => line.StartsWith(beginning, StringComparison.Ordinal));
        }
    });

    public void Signal(int number) => Assert.Equal(0, kill(ProcessId, number));

    /// <summary>Its exit status; 128 and the signal's number where one ended it.</summary>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(TimeSpan.FromSeconds(30)), "the sample does not end");
        return _process.ExitCode;
    }

    public bool HasExitedWithin(TimeSpan time) => _process.WaitForExit(time);

    public string Errors() => _errors.GetAwaiter().GetResult();

    /// <summary>Resident memory in kilobytes: VmRSS of proc(5).</summary>
    public int ResidentKilobytes() => int.Parse(
        File.ReadLines($"/proc/{ProcessId}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>Kills the process alone: its workers end because it has.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>A thread may end while the list is read.</summary>
    private static string ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}
