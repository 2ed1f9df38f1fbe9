using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>
/// What TriggerLimitPauseSec= makes of a trigger limit that was hit: the socket stays up, but nobody is served until the pause and the limit's
/// interval are over. Clients of TCP are refused meanwhile, by a socket that keeps its port; what else has come in is thrown away at the end.
/// </summary>
internal sealed class TriggerPause(Socket socket)
{
    private TimerSource? _timer;

    public bool IsOn => _timer is { IsArmed: true };

    /// <param name="limitEndUsec">When the interval of the limit is over.</param>
    public void Start(IEnumerable<ListenPort> ports, ulong limitEndUsec)
    {
        var loop = socket.Context.Loop;
        var now = loop.Now(Clock.Monotonic);
        var deadline = Math.Max(limitEndUsec + 1, now + socket.Settings.TriggerLimitPause);
        socket.Log(LogLevel.Warning, $"Trigger limit hit, nobody is served for {TimeSpans.Format(deadline - now, TimeSpans.Second)}.");
        foreach (var port in ports)
        {
            port.TurnAway();
        }

        _timer ??= loop.At(Clock.Monotonic, TimerSource.Never, socket.EndTriggerPause);
        _timer.Rearm(deadline);
    }

    /// <summary>The ports are as they were, whether the time is over or the socket has something else to do.</summary>
    public void Stop(IEnumerable<ListenPort> ports)
    {
        if (_timer is null)
        {
            return;
        }

        _timer.Dispose();
        _timer = null;
        foreach (var port in ports)
        {
            port.TurnBack(socket.Backlog);
        }
    }
}
