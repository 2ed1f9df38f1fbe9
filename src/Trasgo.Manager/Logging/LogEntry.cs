using Trasgo.Engine.Units;

namespace Trasgo.Manager;

/// <summary>One message of the manager's, before it is known where it goes.</summary>
internal readonly ref struct LogEntry
{
    public required LogLevel Level { get; init; }

    /// <summary>The unit that the message is about.</summary>
    public Unit? Unit { get; init; }

    /// <summary>As people read it, the unit's name in front where it has one there.</summary>
    public required string Text { get; init; }

    public LogDetails Details { get; init; }
}
