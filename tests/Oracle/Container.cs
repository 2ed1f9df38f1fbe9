using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trasgo.Tests.Shared;

namespace Trasgo.Oracle;

/// <summary>
/// A throw-away copy of the Debian tree, booted with systemd or Trasgo as its PID 1. It lives as long as boot.sh, which lives as
/// long as our end of its standard input is open: when this process dies in whatever way, the container goes too.
/// </summary>
internal sealed class Container : IDisposable
{
    private static readonly TimeSpan s_bootDeadline = TimeSpan.FromSeconds(60);
    private static readonly string[] s_systemd = ["/lib/systemd/systemd"];
    private static int s_count;

    private readonly Process _boot;
    private readonly TaskCompletionSource<int> _leader = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Container(Process boot, string console)
    {
        _boot = boot;
        Console = console;
        boot.OutputDataReceived += (_, line) => OnLine(line.Data);
        boot.ErrorDataReceived += (_, _) => { };
        boot.BeginOutputReadLine();
        boot.BeginErrorReadLine();
    }

    /// <summary>The file that has what PID 1 and its children printed to the console.</summary>
    public string Console { get; }

    public int Leader => _leader.Task.GetAwaiter().GetResult();

    /// <summary>Completes with the exit status of the container.</summary>
    public Task<int> Ended => _ended.Task;

    private string RootFolder => $"/proc/{Leader}/root";

    public static Container Boot(ManagerKind manager, bool quiet, IEnumerable<string> arguments, IReadOnlyList<StepInput>? files = null) =>
        Boot(manager, manager == ManagerKind.Trasgo ? ["/opt/trasgo", "init"] : s_systemd, quiet, arguments, files);

    /// <summary>systemd is PID 1; <paramref name="manager"/> is at hand for users.</summary>
    public static Container BootForUsers(ManagerKind manager) => Boot(manager, s_systemd, quiet: true, []);

    private static Container Boot(ManagerKind manager, string[] init, bool quiet, IEnumerable<string> arguments, IReadOnlyList<StepInput>? files = null)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"trasgo-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}");
        string logs = Path.Combine(Machine.Root, "artifacts", "oracle");
        Directory.CreateDirectory(logs);
        string console = Path.Combine(logs, $"console-{manager}-{s_count}.log");

        var start = new ProcessStartInfo(Path.Combine(Machine.Folder, "boot.sh"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ORACLE_QUIET"] = quiet ? "1" : "";
        start.Environment["ORACLE_BIND"] = $"{Machine.Folder}/inside:/opt/oracle" + (manager == ManagerKind.Trasgo || File.Exists(Machine.Binary) ? $" {Machine.Binary}:/opt/trasgo" : "");
        start.Environment["ORACLE_FILES"] = files is { Count: > 0 } ? LayDown(files, Path.Combine(logs, name)) : "";
        foreach (string argument in (string[])[Machine.Tree, name, console, .. init, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var container = new Container(Process.Start(start)!, console);
        container.WaitUntilUp();
        return container;
    }

    /// <summary>A tree of the files, which boot.sh puts into the container.</summary>
    private static string LayDown(IReadOnlyList<StepInput> files, string folder)
    {
        foreach (var file in files)
        {
            Write(folder + file.Path, file.Content, file.Executable);
        }

        return folder;
    }

    /// <summary>Runs a shell command inside, as an administrator who has entered the container would.</summary>
    public async Task<StepResult> RunAsync(string command, TimeSpan deadline, bool asUser = false)
    {
        var start = new ProcessStartInfo("nsenter")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string argument in (string[])[
            "-t", Leader.ToString(CultureInfo.InvariantCulture), "-a", "--", "/usr/bin/env", "-i",
            "PATH=/opt/oracle:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "USER=root", "LANG=C.UTF-8",
            "TERM=dumb", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER=", "COLUMNS=160",
            "timeout", "-k", "2", deadline.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. asUser ? (string[])["as-user", command] : ["sh", "-c", command]])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var finished = Task.WhenAll(output, errors, process.WaitForExitAsync());

        // A container that ends under the command takes the command with it; a second bound guards against a stuck kernel call.
        if (await Task.WhenAny(finished, Task.Delay(deadline + TimeSpan.FromSeconds(5))) != finished)
        {
            process.Kill(entireProcessTree: true);
            return new StepResult("", "", StepResult.TimedOutStatus);
        }

        return new StepResult(await output, await errors, process.ExitCode);
    }

    public void WriteFile(string path, string content, bool executable) => Write(RootFolder + path, content, executable);

    private static void Write(string outside, string content, bool executable)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(outside)!);
        File.WriteAllText(outside, content);
        if (executable)
        {
            File.SetUnixFileMode(outside, (UnixFileMode)0b111_101_101);
        }
    }

    public string ConsoleTail()
    {
        string[] lines = File.Exists(Console) ? File.ReadAllLines(Console) : [];
        return string.Join('\n', lines.TakeLast(15));
    }

    public void Dispose()
    {
        _boot.StandardInput.Close();
        _boot.WaitForExit();
        _boot.Dispose();
    }

    private void WaitUntilUp()
    {
        if (!_leader.Task.Wait(s_bootDeadline) || Leader == 0)
        {
            Dispose();
            throw new InvalidOperationException("the container has no PID 1; its console says:\n" + ConsoleTail());
        }

        bool up = Eventually.True(
            () => _ended.Task.IsCompleted || State() is "running" or "degraded" or "maintenance",
            s_bootDeadline);
        if (!up || _ended.Task.IsCompleted)
        {
            string state = _ended.Task.IsCompleted ? "ended" : State();
            Dispose();
            throw new InvalidOperationException($"the container did not come up ({state}); its console says:\n" + ConsoleTail());
        }
    }

    private string State() => RunAsync("systemctl is-system-running", TimeSpan.FromSeconds(5)).GetAwaiter().GetResult().Output.Trim();

    private void OnLine(string? line)
    {
        if (line is null)
        {
            _leader.TrySetResult(0);
            _ended.TrySetResult(-1);
            return;
        }

        string[] words = line.Split(' ');
        if (words is ["leader", var pid])
        {
            _leader.TrySetResult(int.Parse(pid, CultureInfo.InvariantCulture));
        }
        else if (words is ["exit", var status])
        {
            _ended.TrySetResult(int.Parse(status, CultureInfo.InvariantCulture));
        }
    }
}

internal sealed record StepResult(string Output, string Errors, int Status)
{
    /// <summary>The status that timeout(1) gives to what it had to stop.</summary>
    public const int TimedOutStatus = 124;

    public bool TimedOut => Status == TimedOutStatus;
}
