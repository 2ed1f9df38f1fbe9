namespace Trasgo.UnitFiles.Directives;

/// <summary>A device node and what it is given: IODeviceWeight=, IODeviceLatencyTargetSec=.</summary>
internal readonly record struct DeviceValue(string Path, ulong Value);
