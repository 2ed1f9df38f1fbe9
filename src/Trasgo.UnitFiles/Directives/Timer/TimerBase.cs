namespace Trasgo.UnitFiles.Directives;

/// <summary>What the time of a timer counts from; each member is the name of its directive.</summary>
internal enum TimerBase
{
    OnActiveSec,
    OnBootSec,
    OnStartupSec,
    OnUnitActiveSec,
    OnUnitInactiveSec,
    OnCalendar,
}
