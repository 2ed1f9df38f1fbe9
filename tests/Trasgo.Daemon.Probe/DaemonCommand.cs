using System.Diagnostics;

namespace Trasgo.Daemon.Probe;

/// <summary>daemon [--pid-file PATH] [--directory PATH] [--umask OCTAL] [--say WORDS] [--exit STATUS] [--crash] [--helper] [--open PATH] REPORT: detaches, writes to REPORT, waits for SIGTERM.</summary>
internal static class DaemonCommand
{
    public static int Run(string[] arguments)
    {
        string? pidFile = Option(arguments, "--pid-file"), words = Option(arguments, "--say"), exit = Option(arguments, "--exit");
        string report = arguments[^1];
        using var daemon = Daemonizer.Detach(new DaemonOptions
        {
            PidFile = pidFile,
            WorkingDirectory = Option(arguments, "--directory") ?? "/",
            Umask = (UnixFileMode)Convert.ToInt32(Option(arguments, "--umask") ?? "0", 8),
        });
        using var signals = new DaemonSignals();
        if (words is not null)
        {
            Console.WriteLine("to standard output: " + words);
            Console.Error.WriteLine(words);
        }

        if (exit is not null)
        {
            return int.Parse(exit);
        }

        if (arguments.Contains("--crash"))
        {
            Process.GetCurrentProcess().Kill();
        }

        // A process without a terminal that leads its session would acquire this one, see tty(4).
        using var opened = Option(arguments, "--open") is { } path ? File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite) : null;
        using var helper = arguments.Contains("--helper") ? Process.Start("/bin/sleep", "600") : null;
        using (File.Create(report + ".mode", 1, FileOptions.None))
        {
        }

        daemon.Ready();
        daemon.Ready();
        if (words is not null)
        {
            Console.Error.WriteLine("after ready: " + words);
        }

        File.WriteAllText(report + ".new", $"""
            {Environment.ProcessId}
            {Environment.CurrentDirectory}
            {string.Join(',', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal))}
            {helper?.Id}
            {File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ')[4]}
            """);
        File.Move(report + ".new", report);
        signals.WaitForStop();
        return 0;
    }

    public static string? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var index ? arguments[index + 1] : null;
}
