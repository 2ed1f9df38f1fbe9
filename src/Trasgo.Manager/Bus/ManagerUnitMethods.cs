using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.ManagerBus>;

namespace Trasgo.Manager.Bus;

/// <summary>The manager's methods for one unit, by its name.</summary>
internal static class ManagerUnitMethods
{
    private const MemberFlags Open = MemberFlags.Unprivileged;
    private static readonly string[] s_nameAndMode = ["name", "mode"];

    public static readonly BusMember[] Rows =
    [
        Method("GetUnit", "s", ["name"], "o", ["unit"], static (bus, call) => ReplyPath(bus, call, load: false), Open),
        Method("GetUnitByPID", "u", ["pid"], "o", ["unit"], GetUnitByPid, Open),
        Method("GetUnitByInvocationID", "ay", ["invocation_id"], "o", ["unit"], GetUnitByInvocationId, Open),
        Method("GetUnitByControlGroup", "s", ["cgroup"], "o", ["unit"], GetUnitByControlGroup, Open),
        Method("LoadUnit", "s", ["name"], "o", ["unit"], static (bus, call) => ReplyPath(bus, call, load: true), Open),
        Start("StartUnit", JobType.Start),
        Method("StartUnitWithFlags", "sst", ["name", "mode", "flags"], "o", ["job"],
            static (bus, call) => StartUnit(bus, JobType.Start, preferReload: false, call), Open),
        Method("StartUnitReplace", "sss", ["old_unit", "new_unit", "mode"], "o", ["job"], StartUnitReplace, Open),
        Start("StopUnit", JobType.Stop),
        Start("ReloadUnit", JobType.Reload),
        Start("RestartUnit", JobType.Restart),
        Start("TryRestartUnit", JobType.TryRestart),
        Start("ReloadOrRestartUnit", JobType.Restart, preferReload: true),
        Start("ReloadOrTryRestartUnit", JobType.TryRestart, preferReload: true),
        OnUnit("EnqueueUnitJob", "ss", ["job_type", "job_mode"], "uososa(uosos)", UnitMethods.EnqueueResult, JobRequests.Enqueue, load: true),
        OnUnit("KillUnit", "si", ["whom", "signal"], "", [], UnitActions.Kill),
        OnUnit("CleanUnit", "as", ["mask"], "", [], UnitCleaning.Clean, load: true),
        OnUnit("FreezeUnit", "", [], "", [], UnitActions.Freeze),
        OnUnit("ThawUnit", "", [], "", [], UnitActions.Thaw),
        OnUnit("ResetFailedUnit", "", [], "", [], UnitActions.ResetFailed),
        OnUnit("SetUnitProperties", "ba(sv)", ["runtime", "properties"], "", [], UnitActions.SetProperties, load: true, validate: true),
        OnUnit("BindMountUnit", "ssbb", ["source", "destination", "read_only", "mkdir"], "", [], UnitActions.RefuseLiveMount),
        OnUnit("MountImageUnit", "ssbba(ss)", ["source", "destination", "read_only", "mkdir", "options"], "", [], UnitActions.RefuseLiveMount),
        OnUnit("RefUnit", "", [], "", [], UnitActions.Ref, load: true, validate: true),
        OnUnit("UnrefUnit", "", [], "", [], UnitActions.Unref, load: true, validate: true),
        Method("StartTransientUnit", "ssa(sv)a(sa(sv))", ["name", "mode", "properties", "aux"], "o", ["job"], TransientUnits.Start, Open),
        OnUnit("GetUnitProcesses", "", [], "a(sus)", ["processes"], UnitActions.GetProcesses),
        Method("AttachProcessesToUnit", "ssau", ["unit_name", "subcgroup", "pids"], "", [],
            static (bus, call) => Forward(bus, call, ScopeProcesses.Attach, load: false, validate: false), Open),
        OnUnit("AbandonScope", "", [], "", [], ScopeProcesses.Abandon),
    ];

    private static BusMethod Start(string name, JobType type, bool preferReload = false) => Method(
        name, "ss", s_nameAndMode, "o", ["job"], (bus, call) => StartUnit(bus, type, preferReload, call), Open);

    private static void StartUnit(ManagerBus bus, JobType type, bool preferReload, BusCall call)
    {
        // An empty name is no name here: only questions may be about "my own unit".
        var unit = bus.Lookup.Load(call.Arguments.String(), out var failure);
        if (unit is null)
        {
            call.Finish(failure);
        }
        else
        {
            JobRequests.Start(bus, unit, type, preferReload, call);
        }
    }

    private static void StartUnitReplace(ManagerBus bus, BusCall call)
    {
        var old = call.Arguments.String();
        if (bus.Lookup.Get(old, call.Caller, out var failure) is not { } unit)
        {
            call.Finish(failure);
        }
        else if (unit.Job is not { Type: JobType.Start })
        {
            call.Fail(JobErrors.NoSuchJob, $"No job queued for unit {old}");
        }
        else
        {
            StartUnit(bus, JobType.Start, preferReload: false, call);
        }
    }

    /// <summary>A unit's method whose first argument is its name.</summary>
    private static BusMethod OnUnit(
        string name, string @in, string[] inNames, string @out, string[] outNames, Action<ManagerBus, Unit, BusCall> handler,
        bool load = false, bool validate = false) => Method(
        name, "s" + @in, ["name", .. inNames], @out, outNames, (bus, call) => Forward(bus, call, handler, load, validate), Open);

    private static void Forward(ManagerBus bus, BusCall call, Action<ManagerBus, Unit, BusCall> handler, bool load, bool validate)
    {
        if (bus.Lookup.TryTake(call, load, out var unit) && (!validate || UnitLookup.Validate(unit, call)))
        {
            handler(bus, unit, call);
        }
    }

    private static void ReplyPath(ManagerBus bus, BusCall call, bool load)
    {
        if (bus.Lookup.TryTake(call, load, out var unit))
        {
            call.ReplyPath(BusPaths.OfUnit(unit.Id));
        }
    }

    private static void GetUnitByPid(ManagerBus bus, BusCall call)
    {
        if (bus.Lookup.OfPid(call.Arguments.UInt32(), call.Caller, out var failure) is { } unit)
        {
            call.ReplyPath(BusPaths.OfUnit(unit.Id));
        }
        else
        {
            call.Finish(failure);
        }
    }

    private static void GetUnitByInvocationId(ManagerBus bus, BusCall call)
    {
        var id = call.Arguments.ByteArray();
        var own = !id.AsSpan().ContainsAnyExcept((byte)0);
        if (id.Length is not (0 or 16))
        {
            call.Fail(BusErrorNames.InvalidArgs, "Invalid invocation ID");
            return;
        }

        var text = Convert.ToHexStringLower(id);
        var unit = own ? bus.Manager.Engine.Units.OwnerOf(call.Caller.Pid) : bus.Manager.Engine.Units.FindInvocation(text);
        if (unit is not null)
        {
            // The path names the invocation, so that it ends with it.
            call.ReplyPath(BusPaths.OfUnit(unit.InvocationId));
        }
        else if (own)
        {
            call.Fail(JobErrors.NoSuchUnit, $"Client {call.Caller.Pid} not member of any unit.");
        }
        else
        {
            call.Fail(
                "org.freedesktop.systemd1.NoUnitForInvocationID",
                $"No unit with the specified invocation ID {new Guid(id, bigEndian: true):D} known.");
        }
    }

    private static void GetUnitByControlGroup(ManagerBus bus, BusCall call)
    {
        var path = call.Arguments.String();
        if (bus.OfControlGroup(path) is { } unit)
        {
            call.ReplyPath(BusPaths.OfUnit(unit.Id));
        }
        else
        {
            call.Fail(JobErrors.NoSuchUnit, $"Control group '{path}' is not valid or not managed by this instance");
        }
    }
}
