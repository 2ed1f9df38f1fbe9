namespace Trasgo.Daemon.Tests.Probes;

/// <summary>Sets variables of this process for the time of a test.</summary>
internal sealed class Variables : IDisposable
{
    private readonly List<(string Name, string? Value)> _before = [];

    public Variables(params (string Name, string? Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            _before.Add((name, Environment.GetEnvironmentVariable(name)));
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Dispose() => _before.ForEach(variable => Environment.SetEnvironmentVariable(variable.Name, variable.Value));
}
