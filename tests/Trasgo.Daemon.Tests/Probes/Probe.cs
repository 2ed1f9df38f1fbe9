using System.Diagnostics;

namespace Trasgo.Daemon.Tests.Probes;

/// <summary>tests/Trasgo.Daemon.Probe, started by itself or by another program. It is killed at the end.</summary>
internal sealed class Probe : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _lines = [];

    private Probe(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static string Path { get; } = FindProgram();

    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    public static Probe Start(params string[] arguments) => StartUnder([Path, .. arguments]);

    /// <summary>Starts a program that starts the probe, with variables that are changed.</summary>
    public static Probe StartUnder(string[] command, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Runs it to its end.</summary>
    public static (int Status, string Output, string Errors) Run(params string[] arguments) => RunUnder([Path, .. arguments]);

    public static (int Status, string Output, string Errors) RunUnder(string[] command, params (string Name, string? Value)[] environment)
    {
        using var probe = StartUnder(command, environment);
        probe._process.StandardInput.Close();
        var output = probe._process.StandardOutput.ReadToEndAsync();
        return (probe.WaitForExit(), output.GetAwaiter().GetResult(), probe._errors.GetAwaiter().GetResult());
    }

    /// <summary>The next line it prints; null at its end.</summary>
    public string? ReadLine()
    {
        string? line = _process.StandardOutput.ReadLineAsync().WaitAsync(s_limit).GetAwaiter().GetResult();
        _lines.Add(line ?? "(end)");
        return line;
    }

    /// <summary>Reads lines until one begins so.</summary>
    public string ReadUntil(string beginning)
    {
        while (true)
        {
            string? line = ReadLine();
            if (line is null)
            {
                Assert.Fail($"ended without \"{beginning}\": {string.Join(" | ", _lines)}; {_errors.GetAwaiter().GetResult()}");
            }

            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public void CloseInput() => _process.StandardInput.Close();

    public void Signal(int number) => Processes.Signal(Id, number);

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_limit), "the program does not end");
        return _process.ExitCode;
    }

    public string Errors() => _errors.GetAwaiter().GetResult();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>It is built next to this test, in the same configuration.</summary>
    private static string FindProgram()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        string path = System.IO.Path.Combine(own.Parent!.Parent!.FullName, "Trasgo.Daemon.Probe", own.Name, "probe");
        return File.Exists(path) ? path : throw new InvalidOperationException(path + " is missing");
    }
}
