namespace Trasgo.UnitFiles.Directives;

/// <summary>DevicePolicy=</summary>
internal enum DevicePolicy
{
    Auto,
    Closed,
    Strict,
}
