using Trasgo.Cli.Bus;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>start, stop, restart and all other verbs that enqueue jobs and wait for them.</summary>
internal sealed class StartUnits
{
    /// <summary>The method that enqueues the job and, for EnqueueUnitJob, the type of the job.</summary>
    private readonly record struct Action(string Method, string JobType, string Mode);

    private static readonly Dictionary<string, (string Method, string JobType)> s_actions = new()
    {
        ["start"] = ("StartUnit", "start"),
        ["stop"] = ("StopUnit", "stop"),
        ["condstop"] = ("StopUnit", "stop"),
        ["reload"] = ("ReloadUnit", "reload"),
        ["restart"] = ("RestartUnit", "restart"),
        ["try-restart"] = ("TryRestartUnit", "try-restart"),
        ["condrestart"] = ("TryRestartUnit", "try-restart"),
        ["reload-or-restart"] = ("ReloadOrRestartUnit", "reload-or-restart"),
        ["try-reload-or-restart"] = ("ReloadOrTryRestartUnit", "reload-or-try-restart"),
        ["reload-or-try-restart"] = ("ReloadOrTryRestartUnit", "reload-or-try-restart"),
        ["condreload"] = ("ReloadOrTryRestartUnit", "reload-or-try-restart"),
        ["force-reload"] = ("ReloadOrTryRestartUnit", "reload-or-try-restart"),
    };

    private readonly SystemctlContext _context;
    private readonly ManagerBus _bus;
    private readonly JobWaiter? _jobs;
    private readonly UnitWaiter? _units;
    private int _status;

    private StartUnits(SystemctlContext context, ManagerBus bus)
    {
        _context = context;
        _bus = bus;
        _jobs = context.Options.NoBlock ? null : new JobWaiter(context, bus);
        _units = context.Options.Wait ? new UnitWaiter(bus) : null;
    }

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var (options, output) = (context.Options, context.Output);
        if (options.Wait && arguments[0] is not ("start" or "restart"))
        {
            return output.Fail("--wait may only be used with the 'start' or 'restart' commands.");
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        if (options.Marked)
        {
            return new StartUnits(context, bus).RunMarked();
        }

        var isolate = arguments[0] == "isolate";
        var action = isolate ? new Action("StartUnit", "start", "isolate") : ActionOf(context, arguments[0]);
        var type = isolate ? UnitType.Target : UnitType.Service;
        if (UnitQueries.Expand(context, bus, arguments[1..], type, out var expanded) is not { } names)
        {
            return ExitStatus.Failure;
        }

        if (expanded && !options.All && action.JobType == "start" && !options.Quiet)
        {
            output.Warning($"Warning: {output.Style.Red}systemctl start called with a glob pattern.{output.Style.Normal}");
            output.Notice("Hint: unit globs expand to loaded units, so start will usually have no effect.\n"
                + "      Passing --all will also load units which are pulled in by other units.\n"
                + "      See systemctl(1) for more details.");
        }

        return new StartUnits(context, bus).Run(action, names);
    }

    /// <summary>Starts one special unit: poweroff.target and the like.</summary>
    internal static int RunSpecial(SystemctlContext context, string target, string mode) =>
        context.Connect(out var bus)
            ? new StartUnits(context, bus).Run(new Action("StartUnit", "start", mode), [target])
            : ExitStatus.Failure;

    private static Action ActionOf(SystemctlContext context, string verb)
    {
        var (method, type) = s_actions.TryGetValue(verb, out var row) ? row : s_actions["start"];
        return new Action(method, type, context.Options.JobMode ?? "replace");
    }

    private int RunMarked()
    {
        if (_context.Options.DryRun)
        {
            return ExitStatus.Success;
        }

        var reply = _bus.Call("EnqueueMarkedJobs", "");
        if (!reply.Ok)
        {
            return _context.Output.Fail($"Failed to start jobs: {reply.Message}");
        }

        foreach (var path in reply[0].Texts)
        {
            _jobs?.Add(path);
        }

        return _jobs?.Wait() ?? ExitStatus.Success;
    }

    private int Run(Action action, List<string> names)
    {
        var stopped = new List<string>();
        foreach (var name in names)
        {
            if (Enqueue(action, name) && action.Method == "StopUnit")
            {
                stopped.Add(name);
            }
        }

        if (_jobs is not null)
        {
            if (_jobs.Wait() is not 0 and var failure)
            {
                return failure;
            }

            if (!_context.Options.Quiet)
            {
                stopped.ForEach(WarnTriggers);
            }
        }

        return _units?.Wait() == false && _status == 0 ? ExitStatus.Failure : _status;
    }

    private bool Enqueue(Action action, string name)
    {
        if (_context.Options.DryRun)
        {
            return true;
        }

        // Watched from before the start, or a unit that is done at once would never be seen active.
        _units?.Reference(name);
        var reply = _context.Options.ShowTransaction
            ? _bus.Call("EnqueueUnitJob", "sss", name, action.JobType, action.Mode)
            : _bus.Call(action.Method, "ss", name, action.Mode);
        if (!reply.Ok)
        {
            return ReportFailure(action, name, reply);
        }

        if (_context.Options.ShowTransaction)
        {
            ShowTransaction(reply);
        }

        if (UnitQueries.NeedsReload(_bus, name))
        {
            UnitQueries.WarnChanged(_context, name);
        }

        _jobs?.Add(_context.Options.ShowTransaction ? reply[1].Text : reply[0].Text);
        _units?.Add(name);
        return true;
    }

    private void ShowTransaction(BusReply reply)
    {
        _context.Output.Info($"Enqueued anchor job {reply[0].Unsigned} {reply[2].Text}/{reply[4].Text}.");
        foreach (var job in reply[5].Items)
        {
            _context.Output.Info($"Enqueued auxiliary job {job[0].Unsigned} {job[2].Text}/{job[4].Text}.");
        }
    }

    private bool ReportFailure(Action action, string name, BusReply reply)
    {
        var output = _context.Output;
        if (reply.ErrorName == "org.freedesktop.systemd1.UnitMasked"
            && action.Method is ("TryRestartUnit" or "ReloadOrTryRestartUnit"))
        {
            return true;
        }

        output.Error($"Failed to {action.JobType} {name}: {reply.Message}");
        if (reply.ErrorName is not ("org.freedesktop.systemd1.NoSuchUnit"
            or "org.freedesktop.systemd1.UnitMasked"
            or "org.freedesktop.systemd1.JobTypeNotApplicable"))
        {
            var whose = _context.Options.Scope == Scope.System ? "system" : "user";
            var dashes = name[0] == '-' ? " --" : "";
            output.Error($"See {whose} logs and 'systemctl{_context.Options.UserFlag} status{dashes} {name}' for details.");
        }

        if (_status == 0)
        {
            _status = ExitStatus.OfBusError(reply.ErrorName);
        }

        return false;
    }

    // A socket, path or timer that is still active may start again what was just stopped.
    private void WarnTriggers(string name)
    {
        if (UnitQueries.LoadState(_context, _bus, name) is null or "masked")
        {
            return;
        }

        var reply = _bus.GetProperty(ManagerBus.UnitPath(name), ManagerBus.UnitInterface, "TriggeredBy");
        if (!reply.Ok)
        {
            _context.Output.Error($"Failed to get triggered by array of {name}: {reply.Message}");
            return;
        }

        var first = true;
        foreach (var trigger in reply[0][0].Texts)
        {
            var state = UnitQueries.ActiveState(_context, _bus, trigger);
            if (state is not ("active" or "reloading"))
            {
                continue;
            }

            if (first)
            {
                _context.Output.Warning($"Warning: Stopping {name}, but it can still be activated by:");
                first = false;
            }

            _context.Output.Warning($"  {trigger}");
        }
    }
}
