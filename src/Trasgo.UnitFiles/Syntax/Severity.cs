namespace Trasgo.UnitFiles.Syntax;

/// <summary>The levels of syslog(3) that reading units needs.</summary>
internal enum Severity
{
    Error = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,
    Debug = 7,
}
