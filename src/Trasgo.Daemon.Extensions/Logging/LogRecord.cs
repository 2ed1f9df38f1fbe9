using Microsoft.Extensions.Logging;

namespace Trasgo.Daemon.Extensions;

/// <summary>All that a logger was told about one message.</summary>
internal readonly ref struct LogRecord
{
    public required SyslogLevel Level { get; init; }

    public required string Category { get; init; }

    public EventId Event { get; init; }

    public required string Text { get; init; }

    public Exception? Exception { get; init; }

    /// <summary>The values of the message and its template, where the state has them.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>>? Values { get; init; }

    public IExternalScopeProvider? Scopes { get; init; }
}
