using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>A line for the log; without a unit it is about the whole request. What tells of the end of a job says of which, and how it ended.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobMessage(JobMessageLevel Level, IJobUnit? Unit, string Text, JobType? Type = null, JobResult? Result = null);
