namespace Trasgo.Engine.Units;

/// <summary>syslog(3)'s priorities.</summary>
internal enum LogLevel
{
    Emergency,
    Alert,
    Critical,
    Error,
    Warning,
    Notice,
    Info,
    Debug,
}

/// <summary>Where the engine tells what it does. Messages about a unit start with its name, as systemd's do.</summary>
internal interface IEngineLog
{
    bool IsEnabled(LogLevel level);

    void Write(LogLevel level, Unit? unit, string message);

    /// <summary>A message of a kind that the journal knows by an identifier (<see cref="MessageIds"/>).</summary>
    void Write(LogLevel level, Unit unit, string message, string messageId) => Write(level, unit, message);
}
