using Trasgo.Engine.State;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Whoever started this manager and waits to hear that it is up: the system's manager behind user@.service, or a container manager
/// (sd_notify(3), $NOTIFY_SOCKET). As systemd, a user manager is ready with basic.target, the system's once there is no job left.
/// </summary>
internal sealed class Superior(Descriptor? socket) : IDisposable
{
    private bool _isReady;
    private bool _isIdle;

    public static Superior Find(string? path, ManagerLog log)
    {
        if (string.IsNullOrEmpty(path))
        {
            return new Superior(socket: null);
        }

        var connected = UnixSocket.Connect(path, SocketType.Datagram, nonBlocking: true);
        if (!connected.Ok)
        {
            log.Write(LogLevel.Warning, unit: null, $"Failed to connect to $NOTIFY_SOCKET, nobody is told that we are ready: {ErrnoNames.Message(connected.Error)}");
        }

        return new Superior(connected.Ok ? connected.Value : null);
    }

    public void OnBasicTarget()
    {
        if (!_isReady)
        {
            _isReady = true;
            Send("READY=1\nSTATUS=Reached basic.target."u8);
        }
    }

    public void OnNoJobs()
    {
        if (!_isIdle)
        {
            _isReady = _isIdle = true;
            Send("READY=1\nSTATUS=Ready."u8);
        }
    }

    public void Save(StateRecord record)
    {
        record.Put("told-ready", _isReady);
        record.Put("told-idle", _isIdle);
    }

    public void Restore(StateRecord record)
    {
        _isReady = record.Flag("told-ready");
        _isIdle = record.Flag("told-idle");
    }

    public void Dispose() => socket?.Dispose();

    private void Send(ReadOnlySpan<byte> message)
    {
        if (socket is not null)
        {
            _ = UnixSocket.Send(socket, message);
        }
    }
}
