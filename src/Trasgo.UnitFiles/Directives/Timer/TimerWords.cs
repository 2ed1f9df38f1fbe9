using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class TimerWords
{
    public static readonly NameTable<TimerBase> TimerBase = new(
        "OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec", "OnCalendar");
}
