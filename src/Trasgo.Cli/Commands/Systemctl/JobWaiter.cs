using Trasgo.Cli.Bus;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// Waits until the manager has said of every job that it is gone, and tells how those ended that did not succeed. The match
/// for JobRemoved is in place before the first job is enqueued, so no end is missed.
/// </summary>
internal sealed class JobWaiter
{
    private readonly SystemctlContext _context;
    private readonly ManagerBus _bus;
    private readonly HashSet<string> _pending = [];

    internal JobWaiter(SystemctlContext context, ManagerBus bus)
    {
        _context = context;
        _bus = bus;
        bus.WatchManager("JobRemoved");
    }

    internal void Add(string path) => _ = _pending.Add(path);

    /// <summary>An exit status: that of the first job that failed counts.</summary>
    internal int Wait()
    {
        var status = ExitStatus.Success;
        while (_pending.Count > 0)
        {
            if (_bus.NextSignal() is not { } signal)
            {
                return _context.Output.Fail("Failed to wait for response: Connection reset by peer");
            }

            if (signal.Member == "JobRemoved" && _pending.Remove(signal[1].Text)
                && !Report(signal[2].Text, signal[3].Text))
            {
                status = ExitStatus.Failure;
            }
        }

        return status;
    }

    private bool Report(string unit, string result)
    {
        if (result is "done" or "skipped")
        {
            return true;
        }

        if (_context.Options.Quiet)
        {
            return false;
        }

        _context.Output.Error(result switch
        {
            "canceled" => $"Job for {unit} canceled.",
            "timeout" => $"Job for {unit} timed out.",
            "dependency" => $"A dependency job for {unit} failed. See 'journalctl -xe' for details.",
            "invalid" => $"{unit} is not active, cannot reload.",
            "assert" => $"Assertion failed on job for {unit}.",
            "unsupported" => $"Operation on or unit type of {unit} not supported on this system.",
            "collected" => $"Queued job for {unit} was garbage collected.",
            "once" => $"Unit {unit} was started already once and can't be started again.",
            _ when !unit.EndsWith(".service", StringComparison.Ordinal) => "Job failed. See \"journalctl -xe\" for details.",
            _ => Explain(unit),
        });
        return false;
    }

    private string Explain(string service)
    {
        var reply = _bus.GetProperty(ManagerBus.UnitPath(service), "org.freedesktop.systemd1.Service", "Result");
        var because = (reply.Ok ? reply[0][0].Text : "") switch
        {
            "resources" => " because of unavailable resources or another system error",
            "protocol" => " because the service did not take the steps required by its unit configuration",
            "timeout" => " because a timeout was exceeded",
            "exit-code" => " because the control process exited with error code",
            "signal" => " because a fatal signal was delivered to the control process",
            "core-dump" => " because a fatal signal was delivered causing the control process to dump core",
            "watchdog" => " because the service failed to send watchdog ping",
            "start-limit" => " because start of the service was attempted too often",
            _ => "",
        };
        var quoted = ShellQuoting.MaybeQuote(service);
        var user = _context.Options.UserFlag;
        return $"Job for {service} failed{because}.\n"
            + $"See \"systemctl{user} status {quoted}\" and \"journalctl{user} -xeu {quoted}\" for details.";
    }
}
