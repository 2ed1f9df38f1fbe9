namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The [Install] section as it is written. The manager ignores it; enabling a unit reads it with the rules of
/// systemctl(1), which the install part owns.
/// </summary>
internal sealed class InstallConfig
{
    public List<string> Alias = [];
    public List<string> WantedBy = [];
    public List<string> RequiredBy = [];
    public List<string> Also = [];
    public string? DefaultInstance;
}
