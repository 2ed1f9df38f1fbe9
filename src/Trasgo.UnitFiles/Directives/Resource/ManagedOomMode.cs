namespace Trasgo.UnitFiles.Directives;

/// <summary>ManagedOOMSwap= and ManagedOOMMemoryPressure=</summary>
internal enum ManagedOomMode
{
    Auto,
    Kill,
}
