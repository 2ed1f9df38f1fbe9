using System.Diagnostics;

namespace Trasgo.UnitFiles.Tests.Support;

/// <summary>systemd's own tools, where the machine has them.</summary>
internal static class Oracle
{
    public static void Require(string tool) =>
        Skip.IfNot(Array.Exists(["/usr/bin/", "/bin/"], d => File.Exists(d + tool)), $"{tool} is not installed");

    public static (int Code, string Output, string Error) Run(string tool, IEnumerable<string> arguments, params (string, string)[] environment)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["SYSTEMD_LOG_COLOR"] = "0";
        start.Environment.Remove("SYSTEMD_UNIT_PATH");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
