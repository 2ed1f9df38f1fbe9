using Trasgo.Linux;

namespace Trasgo.Engine.Units;

internal sealed partial class Socket
{
    /// <summary>FlushPending=: as much as systemd throws away of what one port holds.</summary>
    public const int MaximumFlushed = 1024;

    private void EnterStartPre()
    {
        WarnAboutLeftovers();
        if (!StartCommands(SocketCommand.StartPre, SocketState.StartPre))
        {
            EnterStartChown();
        }
    }

    private void EnterStartChown()
    {
        if (!OpenPorts())
        {
            Log(LogLevel.Warning, "Failed to listen on sockets.");
            EnterStopPre(SocketResult.Resources);
        }
        else if (Settings.SocketUser is { Length: > 0 } || Settings.SocketGroup is { Length: > 0 })
        {
            StartChown();
        }
        else
        {
            EnterStartPost();
        }
    }

    private void EnterStartPost()
    {
        if (!StartCommands(SocketCommand.StartPost, SocketState.StartPost))
        {
            EnterListening();
        }
    }

    private void EnterListening()
    {
        if (!Settings.Accept && Settings.FlushPending)
        {
            Log(LogLevel.Debug, "Flushing socket before listening.");
            FlushPorts();
        }

        foreach (var port in _ports)
        {
            if (port.Descriptor is { } descriptor && Context.Loop.CheckWatchable(descriptor) is var error and not Errno.None)
            {
                Log(LogLevel.Warning, $"Failed to watch listening fds: {ErrnoNames.Message(error)}");
                EnterStopPre(SocketResult.Resources);
                return;
            }
        }

        Watch();
        SetState(SocketState.Listening);
    }

    /// <summary>All of them, or none.</summary>
    private bool OpenPorts()
    {
        ClosePorts();
        foreach (var setting in Settings.Ports)
        {
            var port = new ListenPort(setting);
            _ports.Add(port);
            if (!_opener.TryOpen(port))
            {
                ClosePorts();
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Files stay where they are, unless RemoveOnStop= says otherwise: somebody may still have the socket open, and the next start replaces them.
    /// </summary>
    private void ClosePorts()
    {
        var any = _ports.Count > 0;
        foreach (var port in _ports)
        {
            var wasOpen = port.Descriptor is not null;
            port.Dispose();
            if (wasOpen && Settings.RemoveOnStop)
            {
                _opener.Remove(port);
            }
        }

        _ports.Clear();
        if (any && Settings.RemoveOnStop)
        {
            _opener.RemoveSymlinks();
        }
    }

    private void FlushPorts()
    {
        foreach (var port in _ports)
        {
            if (port.Descriptor is { } descriptor)
            {
                ListenSocket.Flush(descriptor, port.CanAccept, MaximumFlushed);
            }
        }
    }

    private void Watch()
    {
        if (_triggerPause.IsOn)
        {
            return;
        }

        foreach (var port in _ports)
        {
            port.Watch(Context.Loop, Backlog, events => OnTraffic(port, events));
        }
    }

    private void Unwatch()
    {
        _pause.Stop();
        _triggerPause.Stop(_ports);
        foreach (var port in _ports)
        {
            port.Unwatch();
        }
    }
}
