using Trasgo.Bus.Objects;
using Trasgo.Bus.Remote;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager.Bus;

/// <summary>Processes that clients hand over: those of a new scope, those that are moved into a unit, and those of a scope that is abandoned.</summary>
internal static class ScopeProcesses
{
    private const int PidsAtMost = 4096;

    /// <summary>
    /// What a scope is made of, once its properties are read. The processes are held from now on, so that the scope gets these and not others
    /// with their numbers.
    /// </summary>
    public static BusFailure? Fill(ManagerBus bus, Scope scope, UnitChanges changes, ICaller caller)
    {
        if (changes.Controller is not null && caller is not RemoteCaller)
        {
            return new BusFailure(BusErrorNames.NotSupported, "Sorry, Controller= logic only supported via the bus.");
        }

        if (changes.Controller is { Length: > 0 } controller && !BusNames.IsBusName(controller))
        {
            return new BusFailure(BusErrorNames.InvalidArgs, $"Controller '{controller}' is not a valid bus name.");
        }

        if (changes.Pids is { Count: 0 or > PidsAtMost })
        {
            return new BusFailure(BusErrorNames.InvalidArgs, "Failed to set unit properties: Invalid argument");
        }

        var processes = new List<IProcessHandle>();
        foreach (var pid in changes.Pids ?? [])
        {
            if (Open(bus, pid, caller, out var process) is { } failure)
            {
                Drop(processes);
                return failure;
            }

            processes.Add(process!);
        }

        scope.Take(processes, changes.Controller ?? "");
        return null;
    }

    public static void Attach(ManagerBus bus, Unit unit, BusCall call)
    {
        var group = call.Arguments.String();
        call.Arguments.EnterArray("u");
        var pids = new List<uint>();
        while (call.Arguments.More())
        {
            pids.Add(call.Arguments.UInt32());
        }

        call.Finish(Refusal(unit, group) ?? AttachAll(bus, unit, group, pids, call.Caller));
    }

    public static void Abandon(ManagerBus bus, Unit unit, BusCall call)
    {
        if (unit is not Scope scope)
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Unit '{unit.Id}' is not a scope unit, refusing.");
        }
        else if (unit.IsPerpetual)
        {
            call.Fail(BusErrorNames.AccessDenied, "Operation not permitted");
        }
        else if (scope.Abandon())
        {
            call.Reply();
        }
        else
        {
            call.Fail("org.freedesktop.systemd1.ScopeNotRunning", $"Scope {unit.Id} is not running, cannot abandon.");
        }
    }

    private static BusFailure? Refusal(Unit unit, string group)
    {
        var text = group.Length > 0 && group[0] != '/' ? $"Control group path is not absolute: {group}"
            : !IsNormalized(group) ? $"Control group path is not normalized: {group}"
            : unit.Resources is not { Delegate: true } ? "Process migration not available on non-delegated units."
            : unit.IsInactiveOrFailed ? "Unit is not active, refusing."
            : null;
        return text is null ? null : new BusFailure(BusErrorNames.InvalidArgs, text);
    }

    private static bool IsNormalized(string path) => path.Length <= 1 || Array.TrueForAll(path[1..].Split('/'), static part => part is not ("" or "." or ".."));

    private static BusFailure? AttachAll(ManagerBus bus, Unit unit, string group, List<uint> pids, ICaller caller)
    {
        var processes = new List<IProcessHandle>();
        foreach (var pid in pids.Count <= PidsAtMost ? pids : [])
        {
            if (Open(bus, pid, caller, out var process) is { } failure)
            {
                Drop(processes);
                return failure;
            }

            processes.Add(process!);
            if (RefusalOf(bus, unit, process!.Pid, caller) is { } refusal)
            {
                Drop(processes);
                return refusal;
            }
        }

        var error = Errno.None;
        foreach (var process in processes)
        {
            var attached = process.IsAlive ? bus.Manager.Engine.Processes.Attach(unit, process.Pid, group == "/" ? "" : group) : Errno.ESRCH;
            error = error == Errno.None ? attached : error;
        }

        Drop(processes);
        return error == Errno.None ? null : new BusFailure(BusErrorNames.Failed, $"Failed to attach processes to control group: {ErrnoNames.Message(error)}");
    }

    /// <summary>
    /// A user's own manager asks for this when a process of a session is to become a scope of his (systemd-run --user --scope): only root may move a
    /// process out of the group of the session. So a user may have his own processes moved, into a group that was delegated to him.
    /// </summary>
    private static BusFailure? RefusalOf(ManagerBus bus, Unit unit, int pid, ICaller caller)
    {
        if (caller.IsPrivileged)
        {
            return null;
        }

        return Processes.Uid(pid) != caller.Uid ? new BusFailure(BusErrorNames.AccessDenied, $"Process {pid} not owned by client's UID. Refusing.")
            : bus.Manager.Engine.Processes.OwnerOfControlGroup(unit) != caller.Uid
            ? new BusFailure(BusErrorNames.AccessDenied, $"Process {pid} not owned by target unit's UID. Refusing.")
            : null;
    }

    /// <summary>A process that may be moved: neither a manager nor the kernel's.</summary>
    private static BusFailure? Open(ManagerBus bus, uint number, ICaller caller, out IProcessHandle? process)
    {
        process = null;
        var pid = number == 0 ? caller.Pid : (int)Math.Min(number, int.MaxValue);
        if (pid <= 0)
        {
            return new BusFailure(BusErrorNames.InvalidArgs, $"Process identifier {(int)number} is not valid.");
        }

        if (pid == 1 || pid == Environment.ProcessId)
        {
            return new BusFailure(BusErrorNames.InvalidArgs, $"Process {pid} is a manager process, refusing.");
        }

        process = bus.Manager.Engine.ProcessTable.Open(pid, out _);
        if (process is null)
        {
            return new BusFailure("org.freedesktop.DBus.Error.UnixProcessIdUnknown", $"Process with ID {pid} does not exist.");
        }

        if (Processes.IsKernelThread(pid))
        {
            process.Dispose();
            process = null;
            return new BusFailure(BusErrorNames.InvalidArgs, $"Process {pid} is a kernel thread, refusing.");
        }

        return null;
    }

    private static void Drop(List<IProcessHandle> processes)
    {
        foreach (var process in processes)
        {
            process.Dispose();
        }
    }
}
