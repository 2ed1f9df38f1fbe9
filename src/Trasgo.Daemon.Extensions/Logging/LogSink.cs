namespace Trasgo.Daemon.Extensions;

/// <summary>One way for messages to leave the program.</summary>
internal abstract class LogSink : IDisposable
{
    private const string LocalLog = "/dev/log";

    public abstract TrasgoLogTarget Target { get; }

    public static LogSink Choose(TrasgoLoggerOptions options) => options.Target switch
    {
        TrasgoLogTarget.Journal => new JournalSink(options),
        TrasgoLogTarget.Syslog => new SyslogSink(options),
        TrasgoLogTarget.StandardError => new StandardErrorSink(),
        TrasgoLogTarget.Automatic when File.Exists(options.JournalSocketPath) => new JournalSink(options),

        // Whoever names a collector wants it to be used; the local socket is used if it is there.
        TrasgoLogTarget.Automatic when options.Endpoint != SyslogEndpoint.Local || File.Exists(LocalLog) => new SyslogSink(options),
        TrasgoLogTarget.Automatic => new StandardErrorSink(),
        _ => throw new ArgumentException($"{options.Target} is no target", nameof(options)),
    };

    public abstract void Write(in LogRecord record);

    public virtual void Dispose()
    {
    }
}
