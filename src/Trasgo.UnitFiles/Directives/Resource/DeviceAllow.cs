namespace Trasgo.UnitFiles.Directives;

/// <summary>One entry of DeviceAllow=; the access is any of "rwm".</summary>
internal readonly record struct DeviceAllow(string Path, string Access);
