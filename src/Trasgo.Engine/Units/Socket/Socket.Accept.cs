using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>Accept=yes: an instance for each connection.</summary>
internal sealed partial class Socket
{
    private const int AcceptedAtOnce = 4;

    private readonly ConnectionSources _sources = new();
    private readonly AcceptPause _pause;
    private readonly CounterNews _counters;

    /// <summary>The connections that are served now (NConnections=).</summary>
    public uint ConnectionCount { get; private set; }

    /// <summary>Those that were ever handed to an instance (NAccepted=), and the number of the next instance.</summary>
    public uint AcceptedCount { get; private set; }

    /// <summary>Those that were turned away by a limit (NRefused=).</summary>
    public uint RefusedCount { get; private set; }

    /// <summary>An instance has done with its connection.</summary>
    public void OnConnectionClosed(AcceptedConnection connection)
    {
        ConnectionCount--;
        if (WantsDebug)
        {
            Log(LogLevel.Debug, $"One connection closed, {ConnectionCount} left.");
        }

        if (connection.Source is { } source)
        {
            _sources.Remove(source);
        }

        Context.Queues.Garbage.Add(this);
        if (_pause.IsOn)
        {
            ResumeAccepting();
        }
    }

    /// <summary>Descriptors may be to be had again: enough for what a connection takes, or those that come now would be accepted and not served.</summary>
    public void ResumeAccepting()
    {
        if (_state != SocketState.Listening)
        {
            return;
        }

        if (DescriptorLimit.HasRoom())
        {
            Watch();
        }
        else
        {
            _pause.Start(Errno.EMFILE);
        }
    }

    private void PauseAccepting(Errno error)
    {
        foreach (var port in _ports)
        {
            port.Unwatch();
        }

        _pause.Start(error);
    }

    /// <summary>
    /// Those that wait, but not all of them at once, for others may be served by this wake-up, too. What is done when it ends, such as telling the bus,
    /// is done once for them together. Where polls are limited, each is one connection.
    /// </summary>
    private void AcceptWaiting(ListenPort port)
    {
        var most = Settings.EffectivePollLimitBurst > 0 ? 1 : AcceptedAtOnce;
        for (var i = 0; i < most && _state == SocketState.Listening && !_pause.IsOn && !_triggerPause.IsOn && Accept(port); i++)
        {
        }
    }

    /// <summary>False when there was none to be had.</summary>
    private bool Accept(ListenPort port)
    {
        var accepted = ListenSocket.Accept(port.Descriptor!, out var peer);
        if (accepted.Ok)
        {
            var isLast = DescriptorLimit.IsNear(accepted.Value);
            SocketTuning.Apply(this, accepted.Value, port.Family);
            if (!TryServe(accepted.Value, peer))
            {
                accepted.Value.Dispose();
            }

            if (isLast && _state == SocketState.Listening)
            {
                PauseAccepting(Errno.EMFILE);
            }
            else
            {
                _pause.Stop();
            }
        }
        else if (ListenSocket.IsExhaustion(accepted.Error))
        {
            PauseAccepting(accepted.Error);
        }
        else if (!ListenSocket.IsPassing(accepted.Error))
        {
            Log(LogLevel.Error, $"Failed to accept connection socket: {ErrnoNames.Message(accepted.Error)}");
            EnterStopPre(SocketResult.Resources);
        }

        return accepted.Ok;
    }

    /// <summary>False if the connection is not wanted; it is still the caller's then.</summary>
    private bool TryServe(Descriptor descriptor, in SocketAddress peer)
    {
        if (IsStopPending)
        {
            Log(LogLevel.Debug, "Suppressing connection request since unit stop is scheduled.");
            RefusedCount++;
            return false;
        }

        if (!PassTriggerLimit() || !PassConnectionLimits(peer))
        {
            RefusedCount++;
            return false;
        }

        var instance = ConnectionName.Of(descriptor, peer, AcceptedCount);
        if (!instance.Ok)
        {
            if (!ListenSocket.IsDisconnect(instance.Error))
            {
                FailActivation(ErrnoNames.Message(instance.Error), isTemplate: true);
            }

            return false;
        }

        if (InstanceFor(instance.Value) is not { } service)
        {
            return false;
        }

        AcceptedCount++;
        Serve(service, descriptor, peer);
        return true;
    }

    private bool PassConnectionLimits(in SocketAddress peer)
    {
        if (ConnectionCount >= Settings.MaxConnections)
        {
            Log(LogLevel.Warning, $"Too many incoming connections ({ConnectionCount}), dropping connection.");
            return false;
        }

        if (Settings.MaxConnectionsPerSource > 0 && ConnectionSource.Of(peer) is { } source && _sources.CountOf(source) is var count
            && count >= Settings.MaxConnectionsPerSource)
        {
            Log(LogLevel.Warning, $"Too many incoming connections ({count + 1}) from source {peer.ToText(withPort: false)}, dropping connection.");
            return false;
        }

        return true;
    }

    /// <summary>The instance of the template of our name; null if it cannot serve, after the socket has drawn the consequences.</summary>
    private Service? InstanceFor(string instance)
    {
        var name = $"{Name.Prefix}@{instance}.service";
        var unit = Context.Loader.LoadInstance(name);
        if (unit is not Service service)
        {
            FailActivation($"Unit name {name} is not valid.", isTemplate: true);
        }
        else if (service.LoadState != UnitLoadState.Loaded)
        {
            FailActivation(service.LoadError?.Text ?? "Invalid argument", isTemplate: true);
        }
        else if (service.HasConnection || service.State != ServiceState.Dead)
        {
            FailActivation("Device or resource busy", isTemplate: true);
        }
        else
        {
            return service;
        }

        return null;
    }

    private void Serve(Service service, Descriptor descriptor, in SocketAddress peer)
    {
        AddDependency(UnitDependency.Before, service, DependencyOrigin.Implicit, reference: false);
        AddDependency(UnitDependency.Triggers, service, DependencyOrigin.Implicit, reference: false);
        var source = ConnectionSource.Of(peer);
        if (source is { } known)
        {
            _sources.Add(known);
        }

        ConnectionCount++;
        service.SetConnection(new AcceptedConnection(this, descriptor, peer, source));
        if (StartTriggered(service, []) is { } refusal)
        {
            service.CloseConnection();
            FailActivation(refusal.Message, isTemplate: true);
            return;
        }

        _counters.Note();
    }
}
