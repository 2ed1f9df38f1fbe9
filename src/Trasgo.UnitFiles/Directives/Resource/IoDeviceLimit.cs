namespace Trasgo.UnitFiles.Directives;

/// <summary>All bandwidth and operation limits of one device: IOReadBandwidthMax= and its kin.</summary>
internal sealed class IoDeviceLimit(string path)
{
    public string Path { get; } = path;

    public ulong ReadBandwidth = ResourceConfig.NoLimit;
    public ulong WriteBandwidth = ResourceConfig.NoLimit;
    public ulong ReadOperations = ResourceConfig.NoLimit;
    public ulong WriteOperations = ResourceConfig.NoLimit;
}
