namespace Trasgo.UnitFiles.Directives;

/// <summary>Mount options for one partition of an image.</summary>
internal readonly record struct MountOptions(string Partition, string Options);
