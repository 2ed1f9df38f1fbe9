using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>What became of a request: a job, or the reason there is none.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JobRequestResult(Job? Job, JobRefusal? Refusal)
{
    [MemberNotNullWhen(true, nameof(Job))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Job is not null;
}
