using Trasgo.Bus.Objects;
using Trasgo.Engine.Jobs;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.JobView>;

namespace Trasgo.Manager.Bus;

/// <summary>org.freedesktop.systemd1.Job.</summary>
internal static class JobInterface
{
    public static readonly BusInterface Table = new("org.freedesktop.systemd1.Job",
    [
        Method("Cancel", "", [], "", [], static (view, call) => Cancel(view.Bus, view.Job, call), MemberFlags.Unprivileged),
        Method("GetAfter", "", [], "a(usssoo)", ["jobs"],
            static (view, call) => JobRequests.ReplyRows(call, JobTable.GetAfter(view.Job)), MemberFlags.Unprivileged),
        Method("GetBefore", "", [], "a(usssoo)", ["jobs"],
            static (view, call) => JobRequests.ReplyRows(call, JobTable.GetBefore(view.Job)), MemberFlags.Unprivileged),
        UInt32("Id", static v => v.Job.Id, MemberFlags.Const),
        Property("Unit", "(so)", static (view, writer) =>
        {
            writer.BeginStruct();
            writer.String(view.Job.Unit.Id);
            writer.ObjectPath(BusPaths.OfUnit(view.Job.Unit.Id));
            writer.EndStruct();
        }, MemberFlags.Const),
        String("JobType", static v => v.Job.Type.Name(), MemberFlags.Const),
        String("State", static v => v.Job.State.Name(), MemberFlags.EmitsChange),
        Property("ActivationDetails", "a(ss)",
            static (view, writer) => UnitProperties.WritePairs(writer, view.Job.ActivationDetails ?? []), MemberFlags.Const),
    ]);

    public static void Cancel(ManagerBus bus, Job job, BusCall call)
    {
        bus.Manager.Engine.Jobs.Cancel(job);
        call.Reply();
    }
}
