using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Timer] section of systemd.timer(5).</summary>
internal sealed class TimerConfig(UnitConfig unit, ManagerDefaults? defaults = null)
{
    public UnitConfig Unit { get; } = unit;

    /// <summary>In the order of the files; the bus shows them last first, as systemd does.</summary>
    public List<TimerValue> Values = [];

    public bool OnClockChange;
    public bool OnTimezoneChange;
    public ulong Accuracy = (defaults ?? new ManagerDefaults()).TimerAccuracy;
    public ulong RandomizedDelay;
    public bool FixedRandomDelay;
    public bool Persistent;
    public bool WakeSystem;
    public bool RemainAfterElapse = true;

    /// <summary>Unit=; null: the service of the same name.</summary>
    public string? TriggerUnit;
}
