namespace Trasgo.UnitFiles.Directives;

/// <summary>BindIPv6Only=</summary>
internal enum BindIPv6Only
{
    Default,
    Both,
    Ipv6Only,
}
