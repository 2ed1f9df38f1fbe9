using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd.kill(5)</summary>
internal sealed class KillConfig
{
    public KillMode KillMode;
    public int KillSignal = Signals.Terminate;

    /// <summary>null: as KillSignal=.</summary>
    public int? RestartKillSignal;

    public int FinalKillSignal = Signals.Kill;
    public bool SendSigKill = true;
    public bool SendSigHup;
    public int WatchdogSignal = Signals.Abort;

    public int EffectiveRestartKillSignal => RestartKillSignal ?? KillSignal;
}
