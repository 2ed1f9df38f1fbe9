using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// Sockets that could not be opened, because somebody else has their port or rights are missing, are tried again after ten minutes, as inetd(8)
/// does, and as long as one is left. Where all are open nothing wakes up.
/// </summary>
internal sealed class SocketRetry(EngineContext engine, Func<IEnumerable<string>> sockets)
{
    private const ulong IntervalUsec = 600_000_000;

    private TimerSource? _timer;

    /// <summary>Looks in ten minutes.</summary>
    public void Arm()
    {
        _timer ??= engine.Loop.At(Clock.Monotonic, TimerSource.Never, OnTime);
        _timer.Rearm(engine.Loop.Now(Clock.Monotonic) + IntervalUsec);
    }

    /// <summary>Starts those that have failed; false if there was none.</summary>
    public bool Try()
    {
        var found = false;
        foreach (var name in sockets())
        {
            if (engine.Loader.LoadNow(name) is Socket { State: SocketState.Failed } socket)
            {
                found = true;
                engine.Log.Write(LogLevel.Info, socket, "Trying to listen again.");
                _ = engine.AddJob(JobType.Start, socket, JobMode.Replace);
            }
        }

        return found;
    }

    private void OnTime()
    {
        if (Try())
        {
            Arm();
        }
    }
}
