namespace Trasgo.Engine.Jobs;

/// <summary>What happens to jobs already queued when new ones arrive: <c>--job-mode=</c> of systemctl(1).</summary>
internal enum JobMode
{
    Fail,
    Replace,
    ReplaceIrreversibly,
    Isolate,
    Flush,
    IgnoreDependencies,
    IgnoreRequirements,
    Triggering,
}
