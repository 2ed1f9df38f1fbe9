using Microsoft.Extensions.Logging;

namespace Trasgo.Daemon.Extensions;

internal sealed class TrasgoLogger(string category, TrasgoLoggerProvider provider, LogSink sink) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => provider.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Trace and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string text = formatter(state, exception);
        if (text.Length == 0 && exception is null)
        {
            return;
        }

        sink.Write(new()
        {
            Level = LevelOf(logLevel),
            Category = category,
            Event = eventId,
            Text = text,
            Exception = exception,
            Values = state as IReadOnlyList<KeyValuePair<string, object?>>,
            Scopes = provider.Scopes,
        });
    }

    private static SyslogLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Critical => SyslogLevel.Critical,
        LogLevel.Error => SyslogLevel.Error,
        LogLevel.Warning => SyslogLevel.Warning,
        LogLevel.Information => SyslogLevel.Informational,
        _ => SyslogLevel.Debug,
    };
}
