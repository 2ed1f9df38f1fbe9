using Trasgo.Bus.Transport;
using Trasgo.Linux;

namespace Trasgo.Bus.Server;

/// <summary>
/// A listening socket. When descriptors run out it pauses for a second instead of being woken without end: the kernel keeps
/// the clients in its backlog, and they are served when something was closed.
/// </summary>
internal sealed class BusListener : IDisposable
{
    private const int AcceptedPerRound = 32;
    private const ulong PauseUsec = 1_000_000;
    private readonly BusServer _server;
    private readonly BusSocket _socket;
    private readonly IoSource _source;
    private readonly TimerSource _pause;

    public BusListener(BusServer server, BusSocket socket, string path)
    {
        Path = path;
        _server = server;
        _socket = socket;
        _source = server.Loop.OnReadable(socket.Handle, OnReadable, EventPriority.Bus);
        _pause = server.Loop.At(Clock.Monotonic, TimerSource.Never, () => _source.Events = IoEvents.Readable, EventPriority.Bus);
    }

    public string Path { get; }

    public Descriptor Socket => _socket.Handle;

    public void Dispose()
    {
        _source.Dispose();
        _pause.Dispose();
        _socket.Dispose();
    }

    private void OnReadable()
    {
        for (var i = 0; i < AcceptedPerRound; i++)
        {
            var accepted = _socket.TryAccept();
            if (accepted.Ok)
            {
                _server.Accept(accepted.Value);
                continue;
            }

            if (accepted.Error is Errno.EMFILE or Errno.ENFILE or Errno.ENOBUFS or Errno.ENOMEM)
            {
                _source.Events = IoEvents.None;
                _pause.Rearm(_server.Loop.Now(Clock.Monotonic) + PauseUsec);
            }

            if (accepted.Error is not Errno.ECONNABORTED)
            {
                return;
            }
        }
    }
}
