using Trasgo.Bus.Objects;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Which method needs which of polkit's actions (org.freedesktop.systemd1.policy). Every method has a row: one that has none is refused.
/// </summary>
internal static class Permissions
{
    private const string ManageUnits = "org.freedesktop.systemd1.manage-units";
    private const string ManageUnitFiles = "org.freedesktop.systemd1.manage-unit-files";
    private const string SetEnvironment = "org.freedesktop.systemd1.set-environment";
    private const string ReloadDaemon = "org.freedesktop.systemd1.reload-daemon";

    /// <summary>In place of a verb: polkit has no say.</summary>
    private const string RootOnly = "";

    private static readonly Permission s_rootOnly = new(Action: null);

    /// <summary>Null when everybody may.</summary>
    public static Permission? Of(BusInterface table, BusMethod method, BusCall call)
    {
        var name = method.Name;
        if (call.Target is UnitView view)
        {
            return OfUnitMethod(name) is { } verb ? Need(verb, view.Unit.Id) : null;
        }

        if (call.Target is JobView job)
        {
            return name != "Cancel" || job.Bus.JobHolders.IsHeldBy(job.Job, call.Caller) ? null : Need("cancel", job.Job.Unit.Id);
        }

        return table == ManagerInterface.Table ? OfManagerMethod(name, method, call) : s_rootOnly;
    }

    private static Permission Need(string verb, string? unit) => verb == RootOnly ? s_rootOnly : new Permission(ManageUnits, unit, verb);

    private static Permission? OfManagerMethod(string name, BusMethod method, BusCall call)
    {
        // Most of these are a unit's methods with its name in front: StartUnit is Start.
        var ofUnit = name switch
        {
            "EnqueueUnitJob" => "EnqueueJob",
            "SetUnitProperties" => "SetProperties",
            "BindMountUnit" or "MountImageUnit" => "BindMount",
            "StartUnitWithFlags" or "StartUnitReplace" or "StartTransientUnit" => "Start",
            "GetUnitProcesses" => "GetProcesses",
            "AttachProcessesToUnit" => "AttachProcesses",
            "AbandonScope" => "Abandon",
            _ when name.EndsWith("Unit", StringComparison.Ordinal) && name is not ("GetUnit" or "LoadUnit") => name[..^"Unit".Length],
            _ => null,
        };
        if (ofUnit is not null)
        {
            return OfUnitMethod(ofUnit) is { } verb ? Need(verb, call.Message.Read().String()) : null;
        }

        return name switch
        {
            "CancelJob" => IsOwnJob(call) ? null : new Permission(ManageUnits),
            "ClearJobs" or "ResetFailed" or "EnqueueMarkedJobs" => new Permission(ManageUnits),
            "SetEnvironment" or "UnsetEnvironment" or "UnsetAndSetEnvironment" or "SetShowStatus" => new Permission(SetEnvironment),
            "Reload" or "Reexecute" => new Permission(ReloadDaemon),
            "GetUnitFileState" or "ListUnitFiles" or "ListUnitFilesByPatterns" or "GetDefaultTarget" or "GetUnitFileLinks" => null,
            _ when ManagerFileMethods.Has(method) => new Permission(ManageUnitFiles),
            "SetExitCode" => s_rootOnly,
            _ when IsQuestion(name) => null,
            _ => s_rootOnly,
        };
    }

    /// <summary>A client may take back what it has asked for itself.</summary>
    private static bool IsOwnJob(BusCall call)
    {
        var bus = (ManagerBus)call.Target;
        return bus.Manager.Engine.Jobs.Find(call.Message.Read().UInt32()) is { } job && bus.JobHolders.IsHeldBy(job, call.Caller);
    }

    private static bool IsQuestion(string name) =>
        name is "LoadUnit" or "Subscribe" or "Unsubscribe" ||
        name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("List", StringComparison.Ordinal) ||
        name.StartsWith("Lookup", StringComparison.Ordinal) || name.StartsWith("Dump", StringComparison.Ordinal);

    /// <summary>The verb for what is done to a unit; null for questions.</summary>
    private static string? OfUnitMethod(string name) => name switch
    {
        "Start" => "start",
        "Stop" => "stop",
        "Reload" => "reload",
        "Restart" => "restart",
        "TryRestart" => "try-restart",
        "ReloadOrRestart" => "reload-or-restart",
        "ReloadOrTryRestart" => "reload-or-try-restart",
        "EnqueueJob" => "enqueue",
        "Kill" => "kill",
        "Clean" => "clean",
        "Freeze" => "freeze",
        "Thaw" => "thaw",
        "ResetFailed" => "reset-failed",
        "SetProperties" => "set-property",
        "BindMount" or "MountImage" => "bind-mount",
        "Ref" => "ref",
        "Abandon" => "abandon",
        // Whose processes they are, and whose unit, is looked at there (ScopeProcesses).
        "GetProcesses" or "AttachProcesses" or "Unref" => null,
        _ => RootOnly,
    };
}
