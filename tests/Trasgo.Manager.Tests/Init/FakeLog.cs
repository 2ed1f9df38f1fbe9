using Trasgo.Engine.Units;

namespace Trasgo.Manager.Tests;

/// <summary>Keeps every line.</summary>
internal sealed class FakeLog : IEngineLog
{
    public List<string> Lines { get; } = [];

    public bool IsEnabled(LogLevel level) => true;

    public void Write(LogLevel level, Unit? unit, string message) => Lines.Add($"{level}: {message}");
}
