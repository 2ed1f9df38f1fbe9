using Trasgo.Engine.Jobs;

namespace Trasgo.Manager.Tests;

/// <summary>Writes down what it is asked for.</summary>
internal sealed class FakeControl : IManagerControl
{
    public List<string> Calls { get; } = [];

    public ManagerRole Role { get; init; } = ManagerRole.Init;

    public bool IsShuttingDown { get; init; }

    public void StartUnit(string name, JobMode mode) => Calls.Add($"start {name} {mode}");

    public void SetObjective(ManagerObjective objective) => Calls.Add($"objective {objective}");

    public void SetExitStatus(int status) => Calls.Add($"status {status}");

    public void Reexecute() => Calls.Add("reexecute");

    public void Reload() => Calls.Add("reload");

    public void Dump() => Calls.Add("dump");

    public bool SetShowStatus(string mode) => Note($"show-status {mode}");

    public bool SetLogLevel(string level) => Note($"log-level {level}");

    public bool SetLogTarget(string target) => Note($"log-target {target}");

    public void ShowEmergency(string message) => Calls.Add($"!! {message}");

    private bool Note(string call)
    {
        Calls.Add(call);
        return true;
    }
}
