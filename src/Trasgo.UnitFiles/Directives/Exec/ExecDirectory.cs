namespace Trasgo.UnitFiles.Directives;

/// <summary>One of RuntimeDirectory=, StateDirectory=, CacheDirectory=, LogsDirectory=, ConfigurationDirectory=.</summary>
internal sealed class ExecDirectory
{
    public uint Mode = 0x1ed;

    public List<ExecDirectoryItem> Items = [];
}
