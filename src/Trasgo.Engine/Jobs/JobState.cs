namespace Trasgo.Engine.Jobs;

internal enum JobState
{
    Waiting,
    Running,
}
