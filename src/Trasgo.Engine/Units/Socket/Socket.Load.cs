using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

internal sealed partial class Socket
{
    /// <summary>
    /// Accept=no services are to empty their queues in one go and are seldom started; with Accept=yes each connection is a start, and is taken off
    /// the queue before the limit can hit. Hence the two bursts (systemd.socket(5), TriggerLimitBurst=).
    /// </summary>
    private const ulong DefaultTriggerInterval = 2 * TimeSpans.Second;

    private const uint DefaultTriggerBurst = 20;
    private const uint DefaultAcceptBurst = 200;

    private string? _serviceName;

    /// <summary>The service that traffic starts; null with Accept=yes.</summary>
    public Unit? ServiceUnit => _serviceName is { } name ? Context.Units.Find(name) : null;

    public override UnitLoadError? FinishLoading()
    {
        FillLimits();
        Settings.FileDescriptorName ??= Id;
        _serviceName = null;
        if (!AllAccept())
        {
            _serviceName = Settings.Service ?? Name.PrefixAndInstance + ".service";
            AddTrigger(_serviceName);
        }

        AddPlaces();
        ExecRules.Complete(Exec, ExecRules.ConcernsDevices(Exec) ? Resources : null, Context.Defaults, Name);
        ImplicitDependencies.FixStandardStreams(Exec, Context.Defaults);
        if (Settings.ExecStartPre.Count + Settings.ExecStartPost.Count + Settings.ExecStopPre.Count + Settings.ExecStopPost.Count > 0)
        {
            ImplicitDependencies.OfExec(this, Exec);
        }

        AddDefaultDependencies(SpecialUnits.SocketsTarget);
        MoveCommand();
        return Refusal() is { } refusal ? Refuse(refusal) : null;
    }

    protected override SocketConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);

    /// <summary>
    /// The lines may have changed while the socket is up: what is still asked for stays open, what is not is closed, and what is new has to wait
    /// for a restart, as its owner would have to be set.
    /// </summary>
    public override void AfterReload()
    {
        base.AfterReload();
        MatchPorts();
    }

    private void MatchPorts()
    {
        if (_ports.Count == 0)
        {
            return;
        }

        var old = _ports;
        _ports = [];
        var missing = 0;
        foreach (var setting in Settings.Ports)
        {
            var kept = old.Find(port => port.Setting == setting);
            _ = kept is not null && old.Remove(kept);
            missing += kept?.Descriptor is null ? 1 : 0;
            _ports.Add(kept ?? new ListenPort(setting));
        }

        foreach (var port in old)
        {
            port.Dispose();
        }

        if (missing > 0)
        {
            Log(LogLevel.Warning, missing == _ports.Count
                ? "Socket unit configuration has changed while unit has been running, no open socket file descriptor left. The socket unit is not functional until restarted."
                : "Socket unit configuration has changed while unit has been running, and some socket file descriptors have not been opened yet. The socket unit is not fully functional until restarted.");
        }
    }

    private void FillLimits()
    {
        _triggerLimit.Reset();
        if (Settings.TriggerLimitInterval == TimeSpans.Infinity)
        {
            Settings.TriggerLimitInterval = DefaultTriggerInterval;
        }

        if (Settings.TriggerLimitBurst == uint.MaxValue)
        {
            Settings.TriggerLimitBurst = Settings.Accept ? DefaultAcceptBurst : DefaultTriggerBurst;
        }

        _triggerLimit.IntervalUsec = Settings.TriggerLimitInterval;
        _triggerLimit.Burst = Settings.TriggerLimitBurst;
    }

    private bool AllAccept() => Settings.Accept && Settings.Ports.TrueForAll(PortAddress.CanAccept);

    /// <summary>The device of BindToDevice= is no dependency, as in systemd where there are no device units; binding fails if it is not there.</summary>
    private void AddPlaces()
    {
        foreach (var port in Settings.Ports)
        {
            var path = port.Type is SocketPortType.Special or SocketPortType.UsbFunction ? port.Address : PortAddress.PathOf(port);
            if (path is not null)
            {
                RequireMountsFor(path);
            }
        }

    }

    private string? Refusal()
    {
        if (Settings.Ports.Count == 0)
        {
            return "Unit has no Listen setting (ListenStream=, ListenDatagram=, ListenFIFO=, ...). Refusing.";
        }

        if (Settings.Accept && !AllAccept())
        {
            return "Unit configured for accepting sockets, but sockets are non-accepting. Refusing.";
        }

        if (Settings is { Accept: true, MaxConnections: 0 })
        {
            return "MaxConnection= setting too small. Refusing.";
        }

        if (Settings is { Accept: true, Service: not null })
        {
            return "Explicit service configuration for accepting socket units not supported. Refusing.";
        }

        if (Exec.PamName is not null && Kill.KillMode != KillMode.ControlGroup)
        {
            return "Unit has PAM enabled. Kill mode must be set to 'control-group'. Refusing.";
        }

        return Settings.Symlinks.Count > 0 && PortOpener.SymlinkTarget(Settings) is null
            ? "Unit has symlinks set but none or more than one node in the file system. Refusing."
            : null;
    }
}
