namespace Trasgo.Engine.Jobs;

/// <summary>
/// What a job does to its unit. The order matters: the first five types merge with one another, those up to
/// <see cref="Nop"/> may stand in a transaction, and the rest collapse into one of them before they enter one,
/// depending on the state of the unit (see <see cref="JobAlgebra"/>).
/// </summary>
internal enum JobType
{
    Start,
    VerifyActive,
    Stop,
    Reload,
    Restart,
    Nop,
    TryRestart,
    TryReload,
    ReloadOrStart,
}
