using Trasgo.Bus.Objects;
using Trasgo.Bus.Remote;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.ManagerBus>;

namespace Trasgo.Manager.Bus;

/// <summary>The manager's methods for jobs, lists of units and the manager itself.</summary>
internal static class ManagerStateMethods
{
    private const MemberFlags Open = MemberFlags.Unprivileged;

    public static readonly BusMember[] Rows =
    [
        Method("GetJob", "u", ["id"], "o", ["job"], static (bus, call) => OnJob(bus, call, static (_, job, c) => c.ReplyPath(BusPaths.OfJob(job.Id))), Open),
        Method("GetJobAfter", "u", ["id"], "a(usssoo)", ["jobs"],
            static (bus, call) => OnJob(bus, call, static (_, job, c) => JobRequests.ReplyRows(c, JobTable.GetAfter(job))), Open),
        Method("GetJobBefore", "u", ["id"], "a(usssoo)", ["jobs"],
            static (bus, call) => OnJob(bus, call, static (_, job, c) => JobRequests.ReplyRows(c, JobTable.GetBefore(job))), Open),
        Method("CancelJob", "u", ["id"], "", [], static (bus, call) => OnJob(bus, call, JobInterface.Cancel), Open),
        Method("ClearJobs", "", [], "", [], ClearJobs, Open),
        Method("ResetFailed", "", [], "", [], ResetFailed, Open),
        Method("SetShowStatus", "s", ["mode"], "", [], SetShowStatus, Open),
        Method("ListUnits", "", [], "a(ssssssouso)", ["units"], static (bus, call) => List(bus, call, [], []), Open),
        Method("ListUnitsFiltered", "as", ["states"], "a(ssssssouso)", ["units"],
            static (bus, call) => List(bus, call, call.Arguments.StringArray(), []), Open),
        Method("ListUnitsByPatterns", "asas", ["states", "patterns"], "a(ssssssouso)", ["units"],
            static (bus, call) => List(bus, call, call.Arguments.StringArray(), call.Arguments.StringArray()), Open),
        Method("ListUnitsByNames", "as", ["names"], "a(ssssssouso)", ["units"], ListByNames, Open),
        Method("ListJobs", "", [], "a(usssoo)", ["jobs"], static (bus, call) => JobRequests.ReplyRows(call, bus.Manager.Engine.Jobs.Jobs), Open),
        Method("Subscribe", "", [], "", [], static (_, call) => Subscribe(call, true), Open),
        Method("Unsubscribe", "", [], "", [], static (_, call) => Subscribe(call, false), Open),
        Method("Dump", "", [], "s", ["output"], static (bus, call) => call.ReplyString(bus.Manager.Dump([])), Open),
        Method("DumpUnitsMatchingPatterns", "as", ["patterns"], "s", ["output"],
            static (bus, call) => call.ReplyString(bus.Manager.Dump(call.Arguments.StringArray())), Open),
        Method("DumpByFileDescriptor", "", [], "h", ["fd"], NoDescriptor, Open),
        Method("DumpUnitsMatchingPatternsByFileDescriptor", "as", ["patterns"], "h", ["fd"], NoDescriptor, Open),
        Method("Reload", "", [], "", [], static (bus, call) => bus.Manager.Reload(call.Finish), Open),
        Method("Reexecute", "", [], "", [], static (bus, call) => bus.Manager.Reexecute(call.Finish), Open | MemberFlags.NoReply),
        End("Exit", ManagerEnd.Exit, refusal: null),
        End("Reboot", ManagerEnd.Reboot, "Reboot is only supported for system managers."),
        End("PowerOff", ManagerEnd.PowerOff, "Powering off is only supported for system managers."),
        End("Halt", ManagerEnd.Halt, "Halt is only supported for system managers."),
        End("KExec", ManagerEnd.KExec, "KExec is only supported for system managers."),
        Method("SwitchRoot", "ss", ["new_root", "init"], "", [], static (_, call) => call.Fail(
            BusErrorNames.NotSupported, "Switching the root file system is not supported by this version.")),
        Method("SetEnvironment", "as", ["assignments"], "", [], static (bus, call) => ClientEnvironment.Change(bus, call, names: false, assignments: true), Open),
        Method("UnsetEnvironment", "as", ["names"], "", [], static (bus, call) => ClientEnvironment.Change(bus, call, names: true, assignments: false), Open),
        Method("UnsetAndSetEnvironment", "asas", ["names", "assignments"], "", [],
            static (bus, call) => ClientEnvironment.Change(bus, call, names: true, assignments: true), Open),
        Method("EnqueueMarkedJobs", "", [], "ao", ["jobs"], EnqueueMarkedJobs, Open),
    ];

    public static readonly BusMember[] LastRows =
    [
        Method("SetExitCode", "y", ["number"], "", [], static (bus, call) => call.Finish(bus.Manager.SetExitCode(call.Arguments.Byte())), Open),
        Method("LookupDynamicUserByName", "s", ["name"], "u", ["uid"], static (_, call) => NoDynamicUser(call, call.Arguments.String()), Open),
        Method("LookupDynamicUserByUID", "u", ["uid"], "s", ["name"], static (_, call) => NoDynamicUser(call, call.Arguments.UInt32()), Open),
        Method("GetDynamicUsers", "", [], "a(us)", ["users"], static (_, call) => call.Reply(static writer =>
        {
            writer.BeginArray("(us)");
            writer.EndArray();
        }), Open),
    ];

    private static void OnJob(ManagerBus bus, BusCall call, Action<ManagerBus, Job, BusCall> handler)
    {
        var id = call.Arguments.UInt32();
        if (bus.Manager.Engine.Jobs.Find(id) is { } job)
        {
            handler(bus, job, call);
        }
        else
        {
            call.Fail(JobErrors.NoSuchJob, $"Job {id} does not exist.");
        }
    }

    private static void ClearJobs(ManagerBus bus, BusCall call)
    {
        bus.Manager.Engine.Jobs.Clear();
        call.Reply();
    }

    private static void ResetFailed(ManagerBus bus, BusCall call)
    {
        foreach (var unit in bus.Manager.Engine.Units.All.ToArray())
        {
            unit.ResetFailed();
        }

        call.Reply();
    }

    private static void SetShowStatus(ManagerBus bus, BusCall call)
    {
        var mode = call.Arguments.String();
        if (bus.Manager.SetShowStatus(mode))
        {
            call.Reply();
        }
        else
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Invalid show status '{mode}'");
        }
    }

    private static void List(ManagerBus bus, BusCall call, List<string> states, List<string> patterns) => call.Reply(writer =>
    {
        writer.BeginArray(UnitRows.Element);
        foreach (var unit in bus.Manager.Engine.Units.All)
        {
            if (IsInState(unit, states) && (patterns.Count == 0 || patterns.Exists(pattern => Glob.Matches(pattern, unit.Id))))
            {
                UnitRows.Write(bus, writer, unit);
            }
        }

        writer.EndArray();
    });

    private static bool IsInState(Unit unit, List<string> states) =>
        states.Count == 0 || states.Contains(unit.LoadState.Name()) || states.Contains(unit.ActiveState.Name()) || states.Contains(unit.SubState);

    private static void ListByNames(ManagerBus bus, BusCall call)
    {
        var units = new List<Unit>();
        foreach (var name in call.Arguments.StringArray())
        {
            if (!UnitName.IsValid(name))
            {
                continue;
            }

            var unit = bus.Lookup.Load(name, out var failure);
            if (unit is null)
            {
                call.Finish(failure);
                return;
            }

            units.Add(unit);
        }

        call.Reply(writer =>
        {
            writer.BeginArray(UnitRows.Element);
            foreach (var unit in units)
            {
                UnitRows.Write(bus, writer, unit);
            }

            writer.EndArray();
        });
    }

    private static void Subscribe(BusCall call, bool subscribed)
    {
        // On a direct connection there is nothing to subscribe to: it gets all signals in any case.
        if (call.Caller is RemoteCaller && call.Caller.Subscribed == subscribed)
        {
            call.Fail(
                subscribed ? "org.freedesktop.systemd1.AlreadySubscribed" : "org.freedesktop.systemd1.NotSubscribed",
                subscribed ? "Client is already subscribed." : "Client is not subscribed.");
            return;
        }

        call.Caller.Subscribed = subscribed;
        call.Reply();
    }

    /// <summary>The name of the error makes systemd-analyze ask for the dump as text instead.</summary>
    private static void NoDescriptor(ManagerBus bus, BusCall call) => call.Fail(
        BusErrorNames.UnknownMethod, $"Unknown method {call.Message.Member} or interface {call.Message.Interface}.");

    private static BusMethod End(string name, ManagerEnd end, string? refusal) => Method(name, "", [], "", [], (bus, call) =>
    {
        if (refusal is not null && bus.Manager.Engine.Scope != UnitFiles.LoadPath.RuntimeScope.System)
        {
            call.Fail(BusErrorNames.NotSupported, refusal);
        }
        else
        {
            call.Finish(bus.Manager.End(end));
        }
    });

    private static void EnqueueMarkedJobs(ManagerBus bus, BusCall call)
    {
        var jobs = new List<string>();
        foreach (var unit in bus.Markers.All.ToArray())
        {
            var restart = bus.Markers.Of(unit).Contains(UnitMarkers.NeedsRestart);
            var type = restart ? JobType.TryRestart : ManualRequest.PreferReload(unit, JobType.TryRestart);
            if (bus.Manager.Engine.Jobs.Enqueue(type, unit, JobMode.Fail) is { Job: { } job })
            {
                bus.JobHolders.Hold(job, call.Caller);
                bus.Changes.Announce(job);
                jobs.Add(BusPaths.OfJob(job.Id));
            }
        }

        call.Reply(writer =>
        {
            writer.BeginArray("o");
            jobs.ForEach(writer.ObjectPath);
            writer.EndArray();
        });
    }

    private static void NoDynamicUser(BusCall call, object user) => call.Fail(
        "org.freedesktop.systemd1.NoSuchDynamicUser",
        call.Message.Signature == "u" ? $"Dynamic user ID {user} does not exist." : $"Dynamic user {user} does not exist.");
}
