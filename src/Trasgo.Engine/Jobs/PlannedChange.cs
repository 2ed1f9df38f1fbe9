using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlannedChange(IJobUnit Unit, JobType Type, bool Irreversible, bool IgnoreOrder)
{
    public PlannedEffect Effect
    {
        get
        {
            var installed = Type == JobType.Nop ? Unit.NopJob : Unit.Job;
            if (installed is null)
                return PlannedEffect.Install;
            return JobAlgebra.IsConflicting(installed.Type, Type) ? PlannedEffect.Replace : PlannedEffect.Merge;
        }
    }

    public override string ToString() => $"{Unit.Id}/{Type.Name()}";
}
