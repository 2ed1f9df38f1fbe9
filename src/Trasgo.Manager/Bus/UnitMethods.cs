using Trasgo.Bus.Objects;
using Trasgo.Engine.Jobs;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.UnitView>;

namespace Trasgo.Manager.Bus;

/// <summary>The methods that every unit has. The manager's methods of the same meaning end up in the same places.</summary>
internal static class UnitMethods
{
    public static readonly string[] EnqueueResult = ["job_id", "job_path", "unit_id", "unit_path", "job_type", "affected_jobs"];

    public static readonly BusMember[] Rows =
    [
        Start("Start", JobType.Start),
        Start("Stop", JobType.Stop),
        Start("Reload", JobType.Reload),
        Start("Restart", JobType.Restart),
        Start("TryRestart", JobType.TryRestart),
        Start("ReloadOrRestart", JobType.Restart, preferReload: true),
        Start("ReloadOrTryRestart", JobType.TryRestart, preferReload: true),
        Method("EnqueueJob", "ss", ["job_type", "job_mode"], "uososa(uosos)", EnqueueResult,
            static (view, call) => JobRequests.Enqueue(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("Kill", "si", ["whom", "signal"], "", [], static (view, call) => UnitActions.Kill(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("ResetFailed", "", [], "", [], static (view, call) => UnitActions.ResetFailed(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("SetProperties", "ba(sv)", ["runtime", "properties"], "", [],
            static (view, call) => UnitActions.SetProperties(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("Ref", "", [], "", [], static (view, call) => UnitActions.Ref(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("Unref", "", [], "", [], static (view, call) => UnitActions.Unref(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("Clean", "as", ["mask"], "", [], static (view, call) => UnitCleaning.Clean(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("Freeze", "", [], "", [], static (view, call) => UnitActions.Freeze(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("Thaw", "", [], "", [], static (view, call) => UnitActions.Thaw(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
    ];

    private static BusMethod Start(string name, JobType type, bool preferReload = false) => Method(
        name, "s", ["mode"], "o", ["job"], (view, call) => JobRequests.Start(view.Bus, view.Unit, type, preferReload, call), MemberFlags.Unprivileged);
}
