using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Path] section of systemd.path(5).</summary>
internal sealed class PathConfig(UnitConfig unit)
{
    public UnitConfig Unit { get; } = unit;

    /// <summary>In the order of the files; the bus shows them last first, as systemd does.</summary>
    public List<PathSpec> Paths = [];

    public bool MakeDirectory;
    public uint DirectoryMode = 0x1ed;

    /// <summary>Unit=; null: the service of the same name.</summary>
    public string? TriggerUnit;

    /// <summary>Infinity, and uint.MaxValue for the burst, until written.</summary>
    public ulong TriggerLimitInterval = TimeSpans.Infinity;

    public uint TriggerLimitBurst = uint.MaxValue;
}
