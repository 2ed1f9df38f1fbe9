namespace Trasgo.UnitFiles.Directives;

/// <summary>What happens to a service whose start or stop takes too long, Timeout*FailureMode=.</summary>
internal enum TimeoutFailureMode
{
    Terminate,
    Abort,
    Kill,
}
