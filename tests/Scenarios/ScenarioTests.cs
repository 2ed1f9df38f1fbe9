using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Trasgo.Scenarios;

/// <summary>
/// A scenario is a folder: units, and a scenario.sh that says what must happen with them. It is run by run.sh with the native binary,
/// once for each kind of control group tree that its head names.
/// </summary>
public class ScenarioTests
{
    private const int SkippedStatus = 77;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(180);
    private static readonly string s_folder = Path.GetDirectoryName(ThisFile())!;

    public static TheoryData<string, string> Scenarios
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string script in Directory.EnumerateFiles(s_folder, "scenario.sh", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                string kinds = File.ReadLines(script).First(line => line.StartsWith("# cgroups: ", StringComparison.Ordinal));
                foreach (string kind in kinds["# cgroups: ".Length..].Split(' '))
                {
                    data.Add(Path.GetFileName(Path.GetDirectoryName(script)!), kind);
                }
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Scenarios))]
    public void Scenario_RunWithTheNativeBinary_EndsAsItShould(string scenario, string cgroups)
    {
        Skip.IfNot(File.Exists(NativeBinary.Path), NativeBinary.Path + " is missing; ./build.sh publish makes it");

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(s_folder, "run.sh"), [scenario, cgroups, NativeBinary.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_deadline))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"not done after {s_deadline.TotalSeconds} s");
        }

        string text = output.GetAwaiter().GetResult().Trim();
        Skip.If(process.ExitCode == SkippedStatus, text.Split('\n')[^1]);
        Assert.True(process.ExitCode == 0, $"status {process.ExitCode}\n{text}\n{errors.GetAwaiter().GetResult()}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
