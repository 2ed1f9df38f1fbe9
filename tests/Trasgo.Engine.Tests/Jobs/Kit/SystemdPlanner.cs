using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>
/// Asks systemd itself for a transaction: its test mode loads the units of a directory, queues the start of one
/// and prints the jobs without running them. It does not do so for root, hence setpriv.
/// </summary>
internal sealed partial class SystemdPlanner : IDisposable
{
    private const string Manager = "/lib/systemd/systemd";
    private const string Nobody = "65534";

    private readonly string _root = Directory.CreateTempSubdirectory("trasgo-plan-").FullName;

    public SystemdPlanner()
    {
        Skip.IfNot(File.Exists(Manager), "systemd is not installed");
        Skip.If(Environment.IsPrivilegedProcess && !File.Exists("/usr/bin/setpriv"), "setpriv is not installed");
        File.SetUnixFileMode(_root, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(Units);
        File.SetUnixFileMode(Directory.CreateDirectory(Path.Combine(_root, "run")).FullName, (UnixFileMode)0b111_111_111);
        Skip.If(Ask("absent.target").Output.Contains("Permission denied", StringComparison.Ordinal), "the temporary directory is private");
    }

    public string Units => Path.Combine(_root, "units");

    public (bool Refused, string Jobs, string Output) Ask(string unit)
    {
        var output = Run(unit);
        var jobs = JobLine().Matches(output)
            .Select(static match => $"{match.Groups[1].Value}/{match.Groups[2].Value}")
            .Where(static job => !job.EndsWith("/nop", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return (jobs.Count == 0, string.Join(' ', jobs), output);
    }

    public void Clear()
    {
        foreach (var file in Directory.GetFiles(Units))
            File.Delete(file);
    }

    public void Dispose()
    {
        // What ran as nobody may have left files that only it, or root, can remove.
        Directory.Delete(_root, recursive: true);
    }

    private string Run(string unit)
    {
        var drop = Environment.IsPrivilegedProcess;
        var start = new ProcessStartInfo(drop ? "/usr/bin/setpriv" : Manager)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (drop)
        {
            foreach (var word in new[] { $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", Manager })
                start.ArgumentList.Add(word);
        }

        foreach (var word in new[] { "--user", "--test", $"--unit={unit}" })
            start.ArgumentList.Add(word);
        start.Environment["HOME"] = _root;
        start.Environment["XDG_RUNTIME_DIR"] = Path.Combine(_root, "run");
        start.Environment["SYSTEMD_UNIT_PATH"] = Units;
        start.Environment["SYSTEMD_LOG_TARGET"] = "console";
        start.Environment["SYSTEMD_LOG_COLOR"] = "0";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + errors.GetAwaiter().GetResult();
    }

    [GeneratedRegex(@"^\t+Action: (\S+) -> (\S+)$", RegexOptions.Multiline)]
    private static partial Regex JobLine();
}
