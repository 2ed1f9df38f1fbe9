namespace Trasgo.Linux;

/// <summary>
/// What became of a spawn. With <see cref="SpawnStep.Fork"/> there never was a process. With any other failed step there was one: it ends
/// with the step as its exit status, and the reaper reports that exit like every other, after this result.
/// </summary>
internal readonly record struct SpawnResult(int Pid, Descriptor? PidFd, SpawnStep FailedStep, Errno Error, string Note)
{
    public bool Ok => FailedStep == SpawnStep.None;
}

/// <summary>A step that failed, and at what.</summary>
internal readonly record struct SpawnFailure(SpawnStep Step, Errno Error, string What);
