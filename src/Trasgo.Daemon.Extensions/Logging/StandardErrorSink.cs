namespace Trasgo.Daemon.Extensions;

internal sealed class StandardErrorSink : LogSink
{
    private readonly PriorityLog _log = new();

    public override TrasgoLogTarget Target => TrasgoLogTarget.StandardError;

    public override void Write(in LogRecord record) => _log.Write(record.Level, LogLine.Of(record));
}
