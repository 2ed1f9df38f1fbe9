namespace Trasgo.Daemon.Extensions;

internal sealed class SyslogSink : LogSink
{
    private readonly PriorityLog _otherwise = new();
    private readonly SyslogClient _client;

    public SyslogSink(TrasgoLoggerOptions options)
    {
        string? identity = options.Identity;
        var defaults = new SyslogClientOptions();
        _client = new(new()
        {
            Identity = identity ?? defaults.Identity,
            Facility = options.Facility,
            Endpoint = options.Endpoint,
            Options = OpenLogOptions.ProcessId,
        });
    }

    public override TrasgoLogTarget Target => TrasgoLogTarget.Syslog;

    public override void Write(in LogRecord record)
    {
        string line = LogLine.Of(record);
        try
        {
            if (!_client.Write(record.Level, line))
            {
                _otherwise.Write(record.Level, line);
            }
        }
        catch (ObjectDisposedException)
        {
            // The host is going down, and somebody still has a logger.
        }
    }

    public override void Dispose() => _client.Dispose();
}
