namespace Trasgo.Engine.Jobs;

/// <summary>Severities by their syslog numbers.</summary>
internal enum JobMessageLevel
{
    Error = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,
    Debug = 7,
}
