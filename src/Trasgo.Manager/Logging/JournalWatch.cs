using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// Tells the log whether there is a journal to write to. As PID 1 that is so while journald and its socket are up: both are units of
/// ours, and while the daemon is down nobody would read. Any other manager writes to the journal if whoever started it has
/// connected its standard error to it ($JOURNAL_STREAM, systemd.exec(5)).
/// </summary>
internal sealed class JournalWatch : IEngineObserver, IDisposable
{
    /// <summary>Where services' standard output goes. journald's socket is there before journald is, and takes connections.</summary>
    public const string StreamSocket = "/run/systemd/journal/stdout";

    private const int StandardError = 2;
    private readonly EngineContext _engine;
    private readonly ManagerLog _log;
    private readonly DeferSource? _recheck;

    public JournalWatch(EngineContext engine, ManagerLog log, bool isInit)
    {
        _engine = engine;
        _log = log;
        if (isInit)
        {
            _recheck = engine.Loop.DeferLater(Recheck);
        }
        else
        {
            log.JournalIsUp = IsOurStandardError();
        }
    }

    public void UnitAdded(Unit unit)
    {
    }

    public void UnitRemoved(Unit unit)
    {
    }

    public void UnitChanged(Unit unit)
    {
        if (unit.Id is SpecialUnits.JournaldService or SpecialUnits.JournaldSocket)
        {
            _recheck?.Schedule();
        }
    }

    public void UnitStopped(Unit unit)
    {
    }

    public void ConditionFailed(Unit unit, Condition? failed)
    {
    }

    public void Dispose() => _recheck?.Dispose();

    private void Recheck() =>
        _log.JournalIsUp = _engine.Units.Find(SpecialUnits.JournaldService) is { IsActiveOrReloading: true } &&
            _engine.Units.Find(SpecialUnits.JournaldSocket) is { IsActiveOrReloading: true };

    private static bool IsOurStandardError()
    {
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not { Length: > 0 } stream)
        {
            return false;
        }

        using var error = Descriptor.Adopt(StandardError);
        var name = Exec.JournalStream.Name(error);
        error.Release();
        return name == stream;
    }
}
