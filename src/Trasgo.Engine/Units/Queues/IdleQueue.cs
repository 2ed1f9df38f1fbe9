using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// Type=idle: the command is held back until no job is left to be run, at the most 5 s, so that its output does not mix with
/// the messages of the boot (systemd.service(5)).
/// </summary>
internal sealed class IdleQueue(EngineContext context)
{
    private const ulong PatienceUsec = 5_000_000;

    private readonly List<(Unit Unit, Action Start)> _waiting = [];
    private TimerSource? _timer;

    public void Wait(Unit unit, Action start)
    {
        _waiting.Add((unit, start));
        context.Wake();
        _timer ??= context.Loop.At(Clock.Monotonic, context.Loop.Now(Clock.Monotonic) + PatienceUsec, StartAll);
    }

    public void Remove(Unit unit)
    {
        if (_waiting.Count > 0)
        {
            _waiting.RemoveAll(entry => ReferenceEquals(entry.Unit, unit));
        }
    }

    /// <summary>Nothing else is going on: starts them.</summary>
    public void StartAll()
    {
        _timer?.Dispose();
        _timer = null;
        var waiting = _waiting.ToArray();
        _waiting.Clear();
        foreach (var (_, start) in waiting)
        {
            start();
        }
    }
}
