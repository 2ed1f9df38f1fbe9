using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// Out of descriptors: a connection that cannot be accepted keeps its socket readable, and the loop would spin. So nothing is accepted until one
/// of the socket's own connections is closed, or somebody else may have let go of something. The peers wait in the backlog meanwhile.
/// </summary>
internal sealed class AcceptPause(Socket socket)
{
    private const ulong LengthUsec = 250_000;

    private TimerSource? _timer;

    public bool IsOn => _timer is { IsArmed: true };

    public void Start(Errno error)
    {
        var loop = socket.Context.Loop;
        var deadline = loop.Now(Clock.Monotonic) + LengthUsec;
        if (_timer is null)
        {
            socket.Log(LogLevel.Warning, $"Cannot accept connections: {ErrnoNames.Message(error)}. They have to wait.");
            _timer = loop.At(Clock.Monotonic, deadline, socket.ResumeAccepting);
        }
        else
        {
            _timer.Rearm(deadline);
        }
    }

    /// <summary>Something was accepted again: the next time is worth a message.</summary>
    public void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
