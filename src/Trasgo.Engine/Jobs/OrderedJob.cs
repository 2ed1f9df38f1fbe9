using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct OrderedJob(IJobUnit Unit, JobType Type)
{
    public override string ToString() => $"{Unit.Id}/{Type.Name()}";
}
