namespace Trasgo.UnitFiles.Directives;

/// <summary>BlockIOReadBandwidth= and BlockIOWriteBandwidth= of one device.</summary>
internal sealed class BlockIoBandwidth(string path)
{
    public string Path { get; } = path;

    public ulong Read = ResourceConfig.NoLimit;
    public ulong Write = ResourceConfig.NoLimit;
}
